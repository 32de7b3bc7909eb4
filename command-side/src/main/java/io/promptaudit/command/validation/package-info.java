/** Judges the form of what callers send: names, texts, contents, policies and accounts. Decides nothing. */
@NullMarked
package io.promptaudit.command.validation;

import org.jspecify.annotations.NullMarked;
