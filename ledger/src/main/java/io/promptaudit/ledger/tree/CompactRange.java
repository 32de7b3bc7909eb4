package io.promptaudit.ledger.tree;

import java.util.ArrayList;
import java.util.List;

import io.promptaudit.ledger.MalformedInput;

/**
 * What must be remembered of a tree to append to it and to know its root: the roots of the complete subtrees that it
 * consists of, one for each bit of its size, the largest first. Fewer than 2^63 leaves. For one thread at a time.
 */
public final class CompactRange {
    private final TreeHasher hasher = new TreeHasher();
    private final byte[] peaks = new byte[Long.SIZE * Hash.LENGTH];
    private long size;

    /** Told of each subtree that an appended leaf completes, the leaf itself first. */
    @FunctionalInterface
    public interface Completed {
        /**
         * Takes note of a subtree.
         *
         * @param level the subtree has 2^level leaves
         * @param index how many subtrees of this level are before it
         * @param hashes has the subtree's root at {@code at} and after, for the time of the call
         */
        void subtree(int level, long index, byte[] hashes, int at);
    }

    /** Of the tree without leaves. */
    public CompactRange() {}

    /**
     * Of a tree that exists.
     *
     * @param size from 0 to 2^63 - 1
     * @param peaks as {@link #peaks()} gave them; nothing here can tell whether they are the right ones
     * @throws MalformedInput unless there is one hash for each bit of the size
     */
    public static CompactRange of(long size, List<Hash> peaks) {
        if (size < 0 || peaks.size() != Long.bitCount(size)) {
            throw new MalformedInput("compact range",
                    "has %d hashes for a tree of the size %d".formatted(peaks.size(), size));
        }
        var range = new CompactRange();
        for (int i = 0; i < peaks.size(); i++) {
            peaks.get(i).copyTo(range.peaks, i * Hash.LENGTH);
        }
        range.size = size;
        return range;
    }

    /** How many leaves the tree has. */
    public long size() {
        return size;
    }

    /** Appends the leaf whose hash starts at {@code leaf[at]}. Hashes once for each leaf, on average. */
    public void append(byte[] leaf, int at, Completed completed) {
        if (size == Long.MAX_VALUE) {
            throw new IllegalStateException("a tree of 2^63 - 1 leaves is full");
        }
        int last = Long.bitCount(size) * Hash.LENGTH;
        System.arraycopy(leaf, at, peaks, last, Hash.LENGTH);
        completed.subtree(0, size, peaks, last);
        size++;
        for (int level = 1; level <= Long.numberOfTrailingZeros(size); level++) {
            last -= Hash.LENGTH;
            hasher.node(peaks, last, peaks, last + Hash.LENGTH, peaks, last);
            completed.subtree(level, (size >>> level) - 1, peaks, last);
        }
    }

    /** Appends the leaf with this hash. */
    public void append(Hash leaf) {
        append(leaf.toArray(), 0, (level, index, hashes, at) -> {});
    }

    /** The root of the tree as it is. */
    public Hash root() {
        int count = Long.bitCount(size);
        if (count == 0) {
            return TreeHasher.EMPTY_ROOT;
        }
        byte[] root = Hash.of(peaks, (count - 1) * Hash.LENGTH).toArray();
        for (int i = count - 2; i >= 0; i--) {
            hasher.node(peaks, i * Hash.LENGTH, root, 0, root, 0);
        }
        return Hash.of(root);
    }

    /** The roots of the complete subtrees, the largest first. */
    public List<Hash> peaks() {
        var hashes = new ArrayList<Hash>();
        for (int i = 0; i < Long.bitCount(size); i++) {
            hashes.add(Hash.of(peaks, i * Hash.LENGTH));
        }
        return hashes;
    }
}
