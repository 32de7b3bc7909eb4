package io.promptaudit.server.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.note.NoteVerifier;
import io.promptaudit.ledger.note.SignedNote;

/** What is sealed: covered by a signed checkpoint that is kept in a second place. */
public interface Seals {

    /** Waits until the event at this position is sealed; false when that takes longer than {@code patience}. */
    boolean await(long position, Duration patience);

    /** The newest checkpoint; empty before the first. */
    Optional<SignedNote> newest();

    /** Why nothing is sealed now, as the end of a sentence, or null. */
    @Nullable
    String refusal();

    /** The newest checkpoint that the second place knows; empty when it has none, though it should. */
    Optional<SignedNote> known() throws IOException;

    /**
     * Those of the keys that sign now.
     *
     * @throws RuntimeException when the keys are not there
     */
    List<NoteVerifier> verifiers();
}
