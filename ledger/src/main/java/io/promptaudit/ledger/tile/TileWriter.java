package io.promptaudit.ledger.tile;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.TreeHasher;

/**
 * Appends entries to a ledger and keeps it as tiles and bundles. What is appended can be read once {@link #flush()} returned.
 * For one thread at a time, and one writer to a store.
 */
public final class TileWriter {
    private final TileStore store;
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] leaf = new byte[Hash.LENGTH];
    private final ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    private final TileFrontier frontier;

    /** Begins a ledger. */
    public TileWriter(TileStore store) {
        this.store = store;
        frontier = new TileFrontier(this::full);
    }

    private TileWriter(TileStore store, TileReader kept, long size) {
        this.store = store;
        frontier = TileFrontier.of(kept, size, this::full);
        int width = (int) (size % TilePath.FULL);
        if (width > 0) {
            bundle.writeBytes(kept.entries(TilePath.entries(size / TilePath.FULL, width)).encode());
        }
    }

    /**
     * Goes on with a ledger.
     *
     * @param size how many entries it has
     * @param root of its tree
     * @throws io.promptaudit.ledger.MissingEvidence if a tile is not there
     * @throws VerificationFailed if the tiles have another root
     */
    public static TileWriter resume(TileStore store, long size, Hash root) {
        var writer = new TileWriter(store, new TileReader(store), size);
        if (!writer.root().equals(root)) {
            throw new VerificationFailed(
                    "the tiles have the root %s at the size %d, and not %s".formatted(writer.root(), size, root));
        }
        return writer;
    }

    /** How many entries the ledger has, those appended last included. */
    public long size() {
        return frontier.size();
    }

    /** The root of the tree, the entries appended last included. */
    public Hash root() {
        return frontier.root();
    }

    /**
     * Appends an entry.
     *
     * @throws IllegalArgumentException if it has more than 65,535 bytes
     */
    public void append(byte[] entry) {
        if (entry.length > EntryBundle.MAX_ENTRY_LENGTH) {
            throw new IllegalArgumentException("an entry has %d bytes at most".formatted(EntryBundle.MAX_ENTRY_LENGTH));
        }
        bundle.write(entry.length >>> Byte.SIZE);
        bundle.write(entry.length);
        bundle.writeBytes(entry);
        if (size() % TilePath.FULL == TilePath.FULL - 1) {
            // The bundle first: a full tile promises it.
            keep(TilePath.entries(size() / TilePath.FULL, TilePath.FULL), bundle.toByteArray());
            bundle.reset();
        }
        hasher.leaf(entry, 0, entry.length, leaf, 0);
        frontier.append(leaf, 0);
    }

    private void full(TilePath path, byte[] hashes) {
        keep(path, hashes.clone());
    }

    private void keep(TilePath full, byte[] bytes) {
        store.create(full, bytes);
        store.dropPartials(full);
    }

    /** Keeps the partial tiles, so that the tree can be read as it is. */
    public void flush() {
        int width = (int) (size() % TilePath.FULL);
        if (width > 0) {
            store.create(TilePath.entries(size() / TilePath.FULL, width), bundle.toByteArray());
        }
        frontier.partials((path, hashes) -> store.create(path, Arrays.copyOf(hashes, path.width() * Hash.LENGTH)));
    }
}
