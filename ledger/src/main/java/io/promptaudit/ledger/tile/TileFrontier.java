package io.promptaudit.ledger.tile;

import java.util.ArrayList;
import java.util.List;

import io.promptaudit.ledger.tree.CompactRange;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.Prover;

/** A growing tree cut into tiles: gives each tile away when it is full and holds the partial ones. For one thread at a time. */
public final class TileFrontier {
    private final CompactRange range;
    private final List<byte[]> partials = new ArrayList<>();
    private final Sink full;

    /** Takes tiles. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes a tile.
         *
         * @param path of the tile
         * @param hashes has the tile's hashes at its beginning, for the time of the call
         */
        void tile(TilePath path, byte[] hashes);
    }

    private TileFrontier(CompactRange range, Sink full) {
        this.range = range;
        this.full = full;
    }

    /**
     * Of the tree without entries.
     *
     * @param full gets each tile that is full
     */
    public TileFrontier(Sink full) {
        this(new CompactRange(), full);
    }

    /**
     * Of a tree that is kept as tiles, which are believed.
     *
     * @param size how many entries it has
     * @param full gets each tile that is full
     * @throws io.promptaudit.ledger.MissingEvidence if a tile is not there
     */
    public static TileFrontier of(TileReader tiles, long size, Sink full) {
        var frontier = new TileFrontier(new Prover(new TiledTree(tiles, size)).range(size), full);
        for (int level = 0; size >>> (TilePath.HEIGHT * level) > 0; level++) {
            byte[] hashes = frontier.partial(level);
            long hashesOfLevel = size >>> (TilePath.HEIGHT * level);
            int width = (int) (hashesOfLevel % TilePath.FULL);
            if (width > 0) {
                byte[] kept = tiles.hashes(TilePath.hashes(level, hashesOfLevel / TilePath.FULL, width));
                System.arraycopy(kept, 0, hashes, 0, kept.length);
            }
        }
        return frontier;
    }

    /** How many entries the tree has. */
    public long size() {
        return range.size();
    }

    /** The root of the tree as it is. */
    public Hash root() {
        return range.root();
    }

    /** Appends the leaf whose hash starts at {@code leaf[at]}. */
    public void append(byte[] leaf, int at) {
        range.append(leaf, at, this::completed);
    }

    private void completed(int height, long index, byte[] hashes, int at) {
        if (height % TilePath.HEIGHT == 0) {
            int level = height / TilePath.HEIGHT;
            byte[] tile = partial(level);
            int slot = (int) (index % TilePath.FULL);
            System.arraycopy(hashes, at, tile, slot * Hash.LENGTH, Hash.LENGTH);
            if (slot == TilePath.FULL - 1) {
                full.tile(TilePath.hashes(level, index / TilePath.FULL, TilePath.FULL), tile);
            }
        }
    }

    private byte[] partial(int level) {
        if (level == partials.size()) {
            partials.add(new byte[TilePath.FULL * Hash.LENGTH]);
        }
        return partials.get(level);
    }

    /** Gives the partial tiles of the tree as it is, from the lowest level up. */
    public void partials(Sink sink) {
        for (int level = 0; level < partials.size(); level++) {
            long hashes = size() >>> (TilePath.HEIGHT * level);
            int width = (int) (hashes % TilePath.FULL);
            if (width > 0) {
                sink.tile(TilePath.hashes(level, hashes / TilePath.FULL, width), partials.get(level));
            }
        }
    }
}
