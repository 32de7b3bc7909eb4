package io.promptaudit.ledger.tree;

import java.util.ArrayList;
import java.util.List;

/** Makes roots and proofs as RFC 6962, sections 2.1.1 and 2.1.2, defines them. For one thread at a time. */
public final class Prover {
    private final TreeHasher hasher = new TreeHasher();
    private final Subtrees subtrees;

    /**
     * Makes proofs of these.
     *
     * @param subtrees those of every tree that is asked for
     */
    public Prover(Subtrees subtrees) {
        this.subtrees = subtrees;
    }

    /**
     * The root of the tree's first leaves.
     *
     * @param size how many; at least 0
     */
    public Hash root(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("no tree has the size " + size);
        }
        return size == 0 ? TreeHasher.EMPTY_ROOT : root(0, size);
    }

    /** The compact range of the tree's first leaves, to append to. */
    public CompactRange range(long size) {
        var peaks = new ArrayList<Hash>();
        for (long from = 0; from < size;) {
            int level = 63 - Long.numberOfLeadingZeros(size - from);
            peaks.add(subtrees.root(level, from >>> level));
            from += 1L << level;
        }
        return CompactRange.of(size, peaks);
    }

    /**
     * A proof that the leaf {@code index} is in the tree of the first {@code size} leaves.
     *
     * @throws IllegalArgumentException unless {@code 0 <= index < size}
     */
    public InclusionProof inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("a tree of the size %d has no leaf %d".formatted(size, index));
        }
        var path = new ArrayList<Hash>();
        include(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    private void include(long index, long from, long to, List<Hash> path) {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            include(index, from, middle, path);
            path.add(root(middle, to));
        } else {
            include(index, middle, to, path);
            path.add(root(from, middle));
        }
    }

    /**
     * A proof that the tree of the first {@code to} leaves begins with the tree of the first {@code from}.
     *
     * @throws IllegalArgumentException unless {@code 0 < from <= to}
     */
    public ConsistencyProof consistency(long from, long to) {
        if (from <= 0 || from > to) {
            throw new IllegalArgumentException("no proof leads from the size %d to %d".formatted(from, to));
        }
        var path = new ArrayList<Hash>();
        connect(from, 0, to, true, path);
        return new ConsistencyProof(from, to, path);
    }

    /** SUBPROOF of RFC 6962; {@code known} while the subtree at hand begins the older tree, whose root the verifier has. */
    private void connect(long size, long from, long to, boolean known, List<Hash> path) {
        if (size == to) {
            if (!known) {
                path.add(root(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (size <= middle) {
            connect(size, from, middle, known, path);
            path.add(root(middle, to));
        } else {
            connect(size, middle, to, false, path);
            path.add(root(from, middle));
        }
    }

    private Hash root(long from, long to) {
        long width = to - from;
        if (Long.bitCount(width) == 1) {
            int level = Long.numberOfTrailingZeros(width);
            return subtrees.root(level, from >>> level);
        }
        long middle = from + split(width);
        return hasher.node(root(from, middle), root(middle, to));
    }

    /** The largest power of two below {@code width}. */
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
