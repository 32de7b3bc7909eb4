/** The whole server in one process, on a real database, over real HTTP. */
@NullMarked
package io.promptaudit.server.trail;

import org.jspecify.annotations.NullMarked;
