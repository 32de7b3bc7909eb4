/** Programs that tests start as processes of their own. */
@NullMarked
package io.promptaudit.server.process;

import org.jspecify.annotations.NullMarked;
