/** Copies the running embedded trail, and puts a copy back. */
@NullMarked
package io.promptaudit.server.backup;

import org.jspecify.annotations.NullMarked;
