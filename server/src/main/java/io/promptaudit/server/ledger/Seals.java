package io.promptaudit.server.ledger;

import java.time.Duration;
import java.util.Optional;

import io.promptaudit.ledger.note.SignedNote;

/** What is sealed: covered by a signed checkpoint that is kept in a second place. */
public interface Seals {

    /** Waits until the event at this position is sealed; false when that takes longer than {@code patience}. */
    boolean await(long position, Duration patience);

    /** The newest checkpoint; empty before the first. */
    Optional<SignedNote> newest();
}
