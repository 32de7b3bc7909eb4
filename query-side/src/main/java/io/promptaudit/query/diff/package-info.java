/** Tells what is different between two versions of a prompt: lines, words, messages and configuration. */
@NullMarked
package io.promptaudit.query.diff;

import org.jspecify.annotations.NullMarked;
