package io.promptaudit.ledger.tile;

import java.util.Arrays;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.tree.TreeHasher;

/** Up to 256 consecutive entries, each behind its length in two bytes (C2SP tlog-tiles, section Log entries). */
public final class EntryBundle {
    /** Bytes in an entry at most. */
    public static final int MAX_ENTRY_LENGTH = 0xFFFF;

    /** Bytes in a bundle at most. */
    public static final int MAX_LENGTH = TilePath.FULL * (Short.BYTES + MAX_ENTRY_LENGTH);

    private final byte[] bytes;
    private final int[] ends;

    private EntryBundle(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /**
     * Finds the entries; does not copy the bytes, which must not change any more.
     *
     * @param width how many entries there must be
     * @param where what to name when they are wrong
     * @throws MalformedInput unless it is so many, and nothing behind them
     */
    public static EntryBundle parse(byte[] bytes, int width, String where) {
        int[] ends = new int[width];
        int at = 0;
        for (int i = 0; i < width; i++) {
            if (bytes.length - at < Short.BYTES) {
                throw new MalformedInput(where, "has %d entries instead of %d".formatted(i, width));
            }
            int length = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
            at += Short.BYTES + length;
            if (at > bytes.length) {
                throw new MalformedInput(where, "ends within its entry " + i);
            }
            ends[i] = at;
        }
        if (at != bytes.length) {
            throw new MalformedInput(where, "goes on behind its %d entries".formatted(width));
        }
        return new EntryBundle(bytes, ends);
    }

    /** How many entries it has. */
    public int width() {
        return ends.length;
    }

    private int start(int i) {
        return (i == 0 ? 0 : ends[i - 1]) + Short.BYTES;
    }

    /** Writes the hash of an entry as a leaf to {@code into[at]} and after. */
    public void hash(int i, TreeHasher hasher, byte[] into, int at) {
        hasher.leaf(bytes, start(i), ends[i] - start(i), into, at);
    }

    /** The bundle of its first entries. */
    EntryBundle first(int width) {
        return new EntryBundle(bytes, Arrays.copyOf(ends, width));
    }

    /** A copy of its bytes. */
    byte[] encode() {
        return Arrays.copyOf(bytes, ends[ends.length - 1]);
    }

    /** A copy of an entry. */
    public byte[] entry(int i) {
        return Arrays.copyOfRange(bytes, start(i), ends[i]);
    }
}
