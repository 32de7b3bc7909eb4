package io.promptaudit.server.ledger;

import java.io.IOException;
import java.util.Optional;

import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.sequence.LedgerDamaged;

/** A second place for signed checkpoints, which does not forget them when the database does. */
interface CheckpointStore {

    /** The newest checkpoint that was kept; empty when none ever was. */
    Optional<SignedNote> newest() throws IOException;

    /**
     * Keeps a checkpoint, unless a newer one is there, which may be another node's or planted: whoever signed this one has to look.
     * Once this returns, also the loss of power does not take back what it returns.
     *
     * @return the newest checkpoint that is there now
     * @throws LedgerDamaged when there is one of the same tree size with another root: two histories must not both be shown
     */
    SignedNote keep(SignedNote checkpoint) throws IOException;
}
