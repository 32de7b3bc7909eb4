package io.promptaudit.server.evidence;

import java.nio.charset.StandardCharsets;

import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;

/**
 * What one pack is made of.
 *
 * @param selection which events are in it
 * @param note the signed checkpoint
 * @param checkpoint what that says
 */
record Contents(EvidenceScope scope, Selection selection, SignedNote note, Checkpoint checkpoint) {

    static Contents of(EvidenceScope scope) {
        var note = SignedNote.parse(scope.checkpoint().getBytes(StandardCharsets.UTF_8));
        return new Contents(scope, new Selection(scope), note, Checkpoint.parse(note.text()));
    }

    /** The last position that the checkpoint covers. */
    long size() {
        return checkpoint.size();
    }
}
