package io.promptaudit.server.ledger;

import java.io.IOException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;

/**
 * The checkpoint of the second place, for readers, while the server has sealed nothing since its start: when sealing is refused, what
 * was signed before is asked for most.
 */
public final class KeptCheckpoint {
    private static final Logger LOG = LoggerFactory.getLogger(KeptCheckpoint.class);

    private final Seals seals;
    private final LedgerTable table;
    private final StoredTiles tiles;
    private @Nullable SignedNote found;

    KeptCheckpoint(Seals seals, LedgerTable table, StoredTiles tiles) {
        this.seals = seals;
        this.table = table;
        this.tiles = tiles;
    }

    /** Empty unless the keys that sign now signed it, and the database still has the very tree that it is over. Remembered once found. */
    public synchronized Optional<SignedNote> find() {
        if (found == null) {
            try {
                found = seals.known().filter(this::isOfThisTree).orElse(null);
            } catch (IOException | RuntimeException e) {
                // Keys that are lost, or a table that was changed: whoever seals says so.
                LOG.debug("The checkpoint of the second place is not given away", e);
            }
        }
        return Optional.ofNullable(found);
    }

    private boolean isOfThisTree(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        return !note.verify(seals.verifiers()).isEmpty() && 0 < checkpoint.size() && checkpoint.size() <= table.size()
                && tiles.prover(checkpoint.size()).root(checkpoint.size()).equals(checkpoint.root());
    }
}
