package io.promptaudit.server.evidence;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.pack.EventLine;
import io.promptaudit.ledger.tile.EntryBundle;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileSource;
import io.promptaudit.ledger.verification.Findings;

/** Compares events with their entries in the ledger, in the order of their positions, and finds those that are gone. */
final class EntryComparison {
    private final TileReader files;
    private final long size;
    private final Findings findings;
    private @Nullable EntryBundle bundle;
    private long bundleIndex = -1;
    private long next = 1;
    private long events;
    private String lastRecorded = "";

    EntryComparison(TileSource files, long size, Findings findings) {
        this.files = new TileReader(files);
        this.size = size;
        this.findings = findings;
    }

    /** Takes note of the next place, of an event in the pack or not: none may be passed over. */
    void follow(Place place) {
        requireAllUpTo(place.position());
        lastRecorded = place.time();
        next = place.position() + 1;
    }

    /** There is no further place. */
    void end() {
        requireAllUpTo(size + 1);
    }

    private void requireAllUpTo(long position) {
        for (long missing = next; missing < position; missing++) {
            String finding = "there is no event at position " + missing;
            findings.run("event", () -> {
                throw new VerificationFailed(finding);
            });
        }
    }

    /** Compares an event that goes into the pack with the entry at its position. */
    void compare(EventLine line) {
        events++;
        findings.run("event", () -> {
            if (!Arrays.equals(line.leaf().encode(), entry(line.position() - 1))) {
                throw new VerificationFailed("event %s at position %d is not the one that its entry commits to"
                        .formatted(line.event().eventId(), line.position()));
            }
        });
    }

    /** How many events were compared. */
    long events() {
        return events;
    }

    /** The stored time of the last event that there is. */
    String lastRecorded() {
        return lastRecorded;
    }

    private byte[] entry(long index) {
        long wanted = index / TilePath.FULL;
        if (bundle == null || bundleIndex != wanted) {
            bundle = files.entries(TilePath.entries(wanted, TilePath.widthIn(size, 0, wanted)));
            bundleIndex = wanted;
        }
        return bundle.entry((int) (index % TilePath.FULL));
    }
}
