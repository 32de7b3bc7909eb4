package io.promptaudit.server.ledger;

import java.time.Duration;
import java.util.Optional;

import io.promptaudit.ledger.note.SignedNote;

/** Checkpoints as they are given away: with the cosignatures of witnesses, where there are any. */
public interface PublishedCheckpoints {

    /** The newest one, which never goes back within an epoch; empty before the first. */
    Optional<SignedNote> newest();

    /**
     * One that covers a position, with a quorum of cosignatures if the witnesses give them in time.
     *
     * @return empty when the position is not sealed within {@code patience}
     */
    Optional<SignedNote> covering(long position, Duration patience);

    /** The lines of a trust policy (C2SP tlog-policy) that name the witnesses and the quorum. */
    String witnessPolicy();
}
