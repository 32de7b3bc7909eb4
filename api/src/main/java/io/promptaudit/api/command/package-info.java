/** What a caller may ask to be changed. */
@NullMarked
package io.promptaudit.api.command;

import org.jspecify.annotations.NullMarked;
