/** The write endpoints of environments: HTTP to command, nothing else. */
@NullMarked
package io.promptaudit.command.environment.web;

import org.jspecify.annotations.NullMarked;
