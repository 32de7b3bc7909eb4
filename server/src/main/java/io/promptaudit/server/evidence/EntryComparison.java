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

/** Compares events with their entries in the ledger, in the order of their positions. */
final class EntryComparison {
    private final TileReader files;
    private final long size;
    private final Findings findings;
    private @Nullable EntryBundle bundle;
    private long bundleIndex = -1;
    private long next = 1;

    EntryComparison(TileSource files, long size, Findings findings) {
        this.files = new TileReader(files);
        this.size = size;
        this.findings = findings;
    }

    /** The next position there is: none may be passed over. */
    void follow(long position) {
        for (; next < position; next++) {
            long missing = next;
            findings.run("event", () -> {
                throw new VerificationFailed("there is no event at position " + missing);
            });
        }
        next = position + 1;
    }

    /** Compares an event with the entry at its position. */
    void compare(EventLine line) {
        findings.run("event", () -> {
            if (!Arrays.equals(line.leaf().encode(), entry(line.position() - 1))) {
                throw new VerificationFailed("event %s at position %d is not the one that its entry commits to"
                        .formatted(line.event().eventId(), line.position()));
            }
        });
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
