/** Verifies the whole ledger against the events and itself, again and again while the server runs. */
@NullMarked
package io.promptaudit.server.verification;

import org.jspecify.annotations.NullMarked;
