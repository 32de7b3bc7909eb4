/** The guards that keep what is recorded from being changed or removed in the database, and the watch over them. */
@NullMarked
package io.promptaudit.server.guard;

import org.jspecify.annotations.NullMarked;
