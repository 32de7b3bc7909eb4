/** The write endpoints of accounts: HTTP to command, nothing else. */
@NullMarked
package io.promptaudit.command.account.web;

import org.jspecify.annotations.NullMarked;
