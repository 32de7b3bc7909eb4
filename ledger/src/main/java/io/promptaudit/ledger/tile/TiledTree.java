package io.promptaudit.ledger.tile;

import java.util.LinkedHashMap;
import java.util.Map;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.Subtrees;
import io.promptaudit.ledger.tree.TreeHasher;

/** The subtrees of a tree that is kept as tiles. Believes the tiles. For one thread at a time. */
public final class TiledTree implements Subtrees {
    private static final int CACHED = 64;

    private final TreeHasher hasher = new TreeHasher();
    private final TileReader tiles;
    private final long size;
    private final Map<TilePath, byte[]> cache = new LinkedHashMap<>(CACHED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath, byte[]> eldest) {
            return size() > CACHED;
        }
    };

    /**
     * The tree with so many entries.
     *
     * @param size no larger than the tree that the tiles were kept for
     */
    public TiledTree(TileReader tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /**
     * The root of a complete subtree.
     *
     * @throws MissingEvidence if its tile is not there
     * @throws IllegalArgumentException if the tree does not have it
     */
    @Override
    public Hash root(int level, long index) {
        if (level < 0 || level >= Long.SIZE - 1 || index < 0 || index >= size >>> level) {
            throw new IllegalArgumentException(
                    "a tree of the size %d has no subtree %d of the level %d".formatted(size, index, level));
        }
        int tileLevel = level / TilePath.HEIGHT;
        int height = level % TilePath.HEIGHT;
        long first = index << height;
        long tile = first / TilePath.FULL;
        TilePath path = TilePath.hashes(tileLevel, tile, TilePath.widthIn(size, tileLevel, tile));
        byte[] hashes = cache.computeIfAbsent(path, tiles::hashes);
        return fold(hashes, (int) (first % TilePath.FULL), 1 << height);
    }

    /** The root over {@code count} hashes, a power of two. */
    private Hash fold(byte[] hashes, int from, int count) {
        byte[] level = new byte[count * Hash.LENGTH];
        System.arraycopy(hashes, from * Hash.LENGTH, level, 0, level.length);
        for (int nodes = count / 2; nodes > 0; nodes /= 2) {
            for (int i = 0; i < nodes; i++) {
                hasher.node(level, 2 * i * Hash.LENGTH, level, (2 * i + 1) * Hash.LENGTH, level, i * Hash.LENGTH);
            }
        }
        return Hash.of(level, 0);
    }
}
