package io.promptaudit.server.witness;

import java.net.URI;

import io.promptaudit.ledger.checkpoint.CheckpointVerifier;
import io.promptaudit.ledger.note.NoteVerifier;
import io.promptaudit.ledger.note.VerifierKey;

/**
 * Somebody who cosigns checkpoints (C2SP tlog-witness).
 *
 * @param verifier of their cosignatures
 * @param addCheckpoint where checkpoints are sent to
 */
record Witness(NoteVerifier verifier, URI addCheckpoint) {

    /** @param submission the submission prefix, with or without a slash at its end */
    static Witness of(VerifierKey key, URI submission) {
        String prefix = submission.toString();
        return new Witness(CheckpointVerifier.of(key), URI.create(prefix + (prefix.endsWith("/") ? "" : "/") + "add-checkpoint"));
    }

    /** As its key is called. */
    String name() {
        return verifier.key().name();
    }
}
