/** The master key and what is derived from it. */
@NullMarked
package io.promptaudit.server.keys;

import org.jspecify.annotations.NullMarked;
