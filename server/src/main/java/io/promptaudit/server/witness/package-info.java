/** Has witnesses cosign the ledger's checkpoints, and says who but the server itself remembers them. */
@NullMarked
package io.promptaudit.server.witness;

import org.jspecify.annotations.NullMarked;
