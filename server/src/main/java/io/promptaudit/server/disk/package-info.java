/** Watches the room on the volumes that the trail is kept on, so that nothing is written that cannot be finished. */
@NullMarked
package io.promptaudit.server.disk;

import org.jspecify.annotations.NullMarked;
