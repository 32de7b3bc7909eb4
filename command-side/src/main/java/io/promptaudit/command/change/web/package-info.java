/** The write endpoints of changes that wait: HTTP to command, nothing else. */
@NullMarked
package io.promptaudit.command.change.web;

import org.jspecify.annotations.NullMarked;
