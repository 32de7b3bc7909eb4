/** The ledger of the running trail: its leaves, its checkpoints, and the second place where those are kept. */
@NullMarked
package io.promptaudit.server.ledger;

import org.jspecify.annotations.NullMarked;
