/** The packaged server in real processes, used over HTTP, killed, traced and restarted. */
@NullMarked
package io.promptaudit.server.e2e;

import org.jspecify.annotations.NullMarked;
