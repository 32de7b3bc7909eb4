package io.promptaudit.ledger.tree;

import java.util.List;

import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Decimal;

/**
 * A claim that a tree begins with an older one (RFC 9162, section 2.1.4).
 *
 * @param from the older tree's size; unsigned
 * @param to the newer tree's size; unsigned
 * @param path empty between equal sizes; without its first hash when {@code from} is a power of two, because that is the
 *        older root
 */
public record ConsistencyProof(long from, long to, List<Hash> path) {
    /** Copies the path. */
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Verifies the claim.
     *
     * @param older the older tree's root
     * @param newer the newer tree's root
     * @throws VerificationFailed unless {@code 0 < from <= to}, the path has exactly the length that they demand, and both
     *         roots follow from it
     */
    public void verify(Hash older, Hash newer) {
        if (from == 0 || Long.compareUnsigned(from, to) > 0) {
            throw new VerificationFailed("no consistency proof leads from the size %s to %s".formatted(Decimal.format(from),
                    Decimal.format(to)));
        }
        if (from == to) {
            requireLength(path.isEmpty());
            requireRoot(older, newer, "newer");
            return;
        }
        boolean complete = Long.bitCount(from) == 1;
        requireLength(complete || !path.isEmpty());
        Hash first = complete ? older : path.getFirst();
        List<Hash> rest = complete ? path : path.subList(1, path.size());
        int known = Long.numberOfTrailingZeros(from);
        verify((from - 1) >>> known, (to - 1) >>> known, first, rest, older, newer);
    }

    private static void verify(long at, long end, Hash first, List<Hash> rest, Hash older, Hash newer) {
        var hasher = new TreeHasher();
        long node = at;
        long last = end;
        Hash toOlder = first;
        Hash toNewer = first;
        for (Hash sibling : rest) {
            requireLength(last != 0);
            if ((node & 1) == 1 || node == last) {
                toOlder = hasher.node(sibling, toOlder);
                toNewer = hasher.node(sibling, toNewer);
                int skipped = Long.numberOfTrailingZeros(node);
                node >>>= skipped;
                last >>>= skipped;
            } else {
                toNewer = hasher.node(toNewer, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        requireLength(last == 0);
        requireRoot(toOlder, older, "older");
        requireRoot(toNewer, newer, "newer");
    }

    private static void requireLength(boolean right) {
        if (!right) {
            throw new VerificationFailed("the consistency proof does not have the length that its sizes demand");
        }
    }

    private static void requireRoot(Hash computed, Hash root, String which) {
        if (!computed.equals(root)) {
            throw new VerificationFailed(
                    "the consistency proof leads to the %s root %s instead of %s".formatted(which, computed, root));
        }
    }
}
