/** Checkpoints (C2SP tlog-checkpoint) and the cosignatures of logs and witnesses on them (C2SP tlog-cosignature). */
@NullMarked
package io.promptaudit.ledger.checkpoint;

import org.jspecify.annotations.NullMarked;
