package io.promptaudit.server.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.promptaudit.api.event.EpochOpened;
import io.promptaudit.api.event.LedgerKeysRotated;
import io.promptaudit.command.trail.LedgerDecisions.Decision;

/**
 * Under which origin and keys the ledger goes on, as it was decided.
 *
 * @param generations of keys, the oldest first
 */
record Epoch(Origin origin, List<Generation> generations) {

    /** Keys, and since when they sign. */
    record Generation(int number, Instant since) {}

    /** The first, or one that is opened just now. */
    static Epoch opened(Origin origin) {
        return new Epoch(origin, List.of(new Generation(1, Instant.EPOCH)));
    }

    /** What the decisions, the oldest first, make of the first epoch. */
    Epoch after(List<Decision> decisions) {
        Epoch now = this;
        for (Decision decision : decisions) {
            now = now.after(decision);
        }
        return now;
    }

    private Epoch after(Decision decision) {
        return switch (decision.event()) {
            case EpochOpened e -> {
                Origin next = Origin.parse(e.origin());
                yield next == null ? this : opened(next);
            }
            case LedgerKeysRotated e -> rotated(e.generation(), decision.at());
            default -> throw new IllegalStateException("no decision on the ledger: " + decision.event().getClass().getName());
        };
    }

    Epoch rotated(int generation, Instant at) {
        var more = new ArrayList<>(generations);
        more.add(new Generation(generation, at));
        return new Epoch(origin, List.copyOf(more));
    }

    int newestGeneration() {
        return generations.getLast().number();
    }

    /** The keys that sign now, the newest first: after a rotation the old ones go on signing for a while. */
    List<KeySet> signing(Instant now, Duration overlap) {
        var sets = new ArrayList<KeySet>();
        for (int i = generations.size() - 1; i >= 0; i--) {
            boolean isNewest = i == generations.size() - 1;
            if (isNewest || generations.get(i + 1).since().plus(overlap).isAfter(now)) {
                sets.add(new KeySet(origin, generations.get(i).number()));
            }
        }
        return sets;
    }
}
