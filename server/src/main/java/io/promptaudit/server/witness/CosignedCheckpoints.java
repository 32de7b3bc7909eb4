package io.promptaudit.server.witness;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.ledger.KeptCheckpoint;
import io.promptaudit.server.ledger.PublishedCheckpoints;
import io.promptaudit.server.ledger.Seals;

/**
 * Gives away the newest checkpoint that a quorum cosigned, so that it is good under the policy, while the witnesses keep up; else
 * the newest there is. On a busy trail that is some events less than is sealed. As long as nothing is sealed after a start, it is
 * what the second place kept.
 */
final class CosignedCheckpoints implements PublishedCheckpoints {
    private final Seals seals;
    private final KeptCheckpoint kept;
    private final Witnessing witnessing;
    private final Anchoring anchoring;
    private @Nullable SignedNote published;

    CosignedCheckpoints(Seals seals, KeptCheckpoint kept, Witnessing witnessing, Anchoring anchoring) {
        this.seals = seals;
        this.kept = kept;
        this.witnessing = witnessing;
        this.anchoring = anchoring;
    }

    @Override
    public synchronized Optional<SignedNote> newest() {
        SignedNote sealed = seals.newest().or(this::kept).orElse(null);
        if (sealed == null) {
            return Optional.empty();
        }
        SignedNote candidate = witnessed().orElse(sealed);
        SignedNote before = published;
        if (before == null || !origin(before).equals(origin(sealed)) || Cosigning.size(candidate) >= Cosigning.size(before)) {
            published = candidate;
            return Optional.of(witnessing.cosigning().cosigned(candidate));
        }
        return Optional.of(witnessing.cosigning().cosigned(before));
    }

    /** Not while a witness knows more than that: what is given away does not go back. */
    private Optional<SignedNote> kept() {
        return witnessing.beyond() == null ? kept.find() : Optional.empty();
    }

    private Optional<SignedNote> witnessed() {
        return anchoring.state() == LedgerState.WITNESSED ? witnessing.cosigning().witnessed() : Optional.empty();
    }

    private static String origin(SignedNote note) {
        return Checkpoint.parse(note.text()).origin();
    }

    @Override
    public Optional<SignedNote> covering(long position, Duration patience) {
        if (seals.newest().isEmpty()) {
            Optional<SignedNote> known = newest().filter(note -> Cosigning.size(note) >= position);
            if (known.isPresent()) {
                return known;
            }
        }
        long end = System.nanoTime() + patience.toNanos();
        if (!seals.await(position, patience)) {
            return Optional.empty();
        }
        try {
            long version = witnessing.cosigning().version();
            while (anchoring.state() == LedgerState.WITNESSED && System.nanoTime() < end && !isWitnessed(position)) {
                witnessing.cosigning().awaitChange(version, Duration.ofNanos(end - System.nanoTime()));
                version = witnessing.cosigning().version();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return isWitnessed(position)
                ? witnessing.cosigning().witnessed()
                : seals.newest().map(newest -> witnessing.cosigning().cosigned(newest));
    }

    private boolean isWitnessed(long position) {
        return witnessing.cosigning().witnessed().filter(note -> Cosigning.size(note) >= position).isPresent();
    }

    @Override
    public String witnessPolicy() {
        return witnessing.group().policy();
    }
}
