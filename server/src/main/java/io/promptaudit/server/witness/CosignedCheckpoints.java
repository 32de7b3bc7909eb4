package io.promptaudit.server.witness;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.ledger.PublishedCheckpoints;
import io.promptaudit.server.ledger.Seals;

/**
 * Gives away the newest checkpoint that a quorum cosigned, so that it is good under the policy, while the witnesses keep up; else
 * the newest there is. On a busy trail that is some events less than is sealed.
 */
final class CosignedCheckpoints implements PublishedCheckpoints {
    private final Seals seals;
    private final Witnessing witnessing;
    private final Anchoring anchoring;
    private @Nullable SignedNote published;

    CosignedCheckpoints(Seals seals, Witnessing witnessing, Anchoring anchoring) {
        this.seals = seals;
        this.witnessing = witnessing;
        this.anchoring = anchoring;
    }

    @Override
    public synchronized Optional<SignedNote> newest() {
        SignedNote sealed = seals.newest().orElse(null);
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

    private Optional<SignedNote> witnessed() {
        return anchoring.state() == LedgerState.WITNESSED ? witnessing.cosigning().witnessed() : Optional.empty();
    }

    private static String origin(SignedNote note) {
        return Checkpoint.parse(note.text()).origin();
    }

    @Override
    public Optional<SignedNote> covering(long position, Duration patience) {
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
