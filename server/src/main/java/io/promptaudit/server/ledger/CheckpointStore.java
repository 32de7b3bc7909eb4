package io.promptaudit.server.ledger;

import java.io.IOException;
import java.util.Optional;

import io.promptaudit.ledger.note.SignedNote;

/** A second place for signed checkpoints, which does not forget them when the database does. */
interface CheckpointStore {

    /** The newest checkpoint that was kept; empty when none ever was. */
    Optional<SignedNote> newest() throws IOException;

    /** Keeps a checkpoint; once this returns, also the loss of power does not take it back. */
    void keep(SignedNote checkpoint) throws IOException;
}
