/** Gives every durable event its position, and lets everything that follows events follow positions. */
@NullMarked
package io.promptaudit.server.sequence;

import org.jspecify.annotations.NullMarked;
