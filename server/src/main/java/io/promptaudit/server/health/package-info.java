/** Says whether the trail can be written and its views are up to date. */
@NullMarked
package io.promptaudit.server.health;

import org.jspecify.annotations.NullMarked;
