/** What looks again and again whether something is as it should be. */
@NullMarked
package io.promptaudit.server.watch;

import org.jspecify.annotations.NullMarked;
