package io.promptaudit.ledger.tile;

import io.promptaudit.ledger.VerificationFailed;

/** Where the files of a ledger are kept. */
public interface TileStore extends TileSource {
    /**
     * Keeps a file for good: once this returns, it is on disk.
     *
     * @throws VerificationFailed if other bytes are kept there
     * @throws java.io.UncheckedIOException if it cannot be kept
     */
    void create(TilePath path, byte[] bytes);

    /** Lets go of the partial ones of a tile that is kept in full. */
    void dropPartials(TilePath full);
}
