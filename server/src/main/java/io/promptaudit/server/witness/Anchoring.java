package io.promptaudit.server.witness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.server.sequence.WriteHold;

/** Judges who remembers the ledger now, and keeps writes from beginning where that is not enough. */
final class Anchoring implements WriteHold {
    private final Witnessing witnessing;
    private final boolean isOutside;
    private final @Nullable Duration haltAfter;
    private final Duration grace;

    /**
     * @param isOutside whether the second place is outside the data folder
     * @param haltAfter after how long without a quorum writes stop; never when null
     */
    Anchoring(Witnessing witnessing, boolean isOutside, @Nullable Duration haltAfter, WitnessTiming timing) {
        this.witnessing = witnessing;
        this.isOutside = isOutside;
        this.haltAfter = haltAfter;
        // Once writes have stopped, nothing can be put on record: it has to be before.
        boolean isShort = haltAfter != null && haltAfter.compareTo(timing.grace().multipliedBy(2)) < 0;
        this.grace = isShort && haltAfter != null ? haltAfter.dividedBy(2) : timing.grace();
    }

    /** Whether {@code place} does not lie in {@code folder}. */
    static boolean isOutside(Path place, Path folder) {
        return !real(place).startsWith(real(folder));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            return path.toAbsolutePath().normalize();
        }
    }

    LedgerState state() {
        if (witnessing.cosigning().hasQuorum() && !isLate()) {
            return LedgerState.WITNESSED;
        }
        boolean wasCosigned = witnessing.dialogues().stream().anyMatch(one -> one.standing().cosigned() != null);
        return isOutside || wasCosigned ? LedgerState.SELF_ANCHORED : LedgerState.UNANCHORED;
    }

    /** Whether the second place is outside the data folder. */
    boolean hasSecondPlaceOutside() {
        return isOutside;
    }

    /** Whether the quorum that is configured is missing for longer than it may take. */
    boolean isLate() {
        return witnessing.isMissedFor(grace);
    }

    /** The witnesses that have seen another history. */
    List<String> contradicting() {
        return witnessing.dialogues().stream().filter(one -> one.standing().contradicts()).map(Dialogue::name).toList();
    }

    @Override
    public @Nullable String reason() {
        String beyond = witnessing.beyond();
        if (beyond != null) {
            return beyond;
        }
        return haltAfter != null && witnessing.isMissedFor(haltAfter)
                ? "no quorum of witnesses (%s) has cosigned for longer than %s".formatted(witnessing.group(), haltAfter)
                : null;
    }
}
