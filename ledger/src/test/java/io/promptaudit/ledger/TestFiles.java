package io.promptaudit.ledger;

import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileStore;

/** A ledger's files in memory, for tests of what is in them rather than of how they are kept. */
public final class TestFiles implements TileStore {
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    @Override
    public byte @Nullable [] read(String path, int limit) {
        byte[] bytes = files.get(path);
        return bytes == null ? null : bytes.clone();
    }

    @Override
    public void create(TilePath path, byte[] bytes) {
        files.put(path.toString(), bytes);
    }

    @Override
    public void dropPartials(TilePath full) {
        files.keySet().removeIf(path -> path.startsWith(full + ".p/"));
    }

    /** The files by their paths, to be read and spoilt. */
    public SortedMap<String, byte[]> files() {
        return files;
    }
}
