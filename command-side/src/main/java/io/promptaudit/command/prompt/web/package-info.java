/** The write endpoints of prompts: HTTP to command, nothing else. */
@NullMarked
package io.promptaudit.command.prompt.web;

import org.jspecify.annotations.NullMarked;
