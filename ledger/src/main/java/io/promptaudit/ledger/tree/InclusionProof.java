package io.promptaudit.ledger.tree;

import java.util.List;

import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Decimal;

/**
 * A claim that a leaf is in a tree (RFC 9162, section 2.1.3).
 *
 * @param index the leaf's, from 0; unsigned
 * @param size of the tree; unsigned
 * @param path from the leaf's sibling to the child of the root
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    /** Copies the path. */
    public InclusionProof {
        path = List.copyOf(path);
    }

    /**
     * Verifies the claim.
     *
     * @param leaf the leaf's hash
     * @param root the tree's
     * @throws VerificationFailed unless the path has exactly the length that index and size demand, and leads from the leaf
     *         to the root
     */
    public void verify(Hash leaf, Hash root) {
        if (Long.compareUnsigned(index, size) >= 0) {
            throw new VerificationFailed("a tree of the size %s has no leaf %s".formatted(Decimal.format(size),
                    Decimal.format(index)));
        }
        var hasher = new TreeHasher();
        // The numbers of the node at hand and of the last one on its level.
        long node = index;
        long last = size - 1;
        Hash computed = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                throw new VerificationFailed("the inclusion proof is too long");
            }
            if ((node & 1) == 1 || node == last) {
                computed = hasher.node(sibling, computed);
                // The last node of a level without a sibling goes up as it is.
                int skipped = Long.numberOfTrailingZeros(node);
                node >>>= skipped;
                last >>>= skipped;
            } else {
                computed = hasher.node(computed, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            throw new VerificationFailed("the inclusion proof is too short");
        }
        if (!computed.equals(root)) {
            throw new VerificationFailed("the inclusion proof leads to the root %s instead of %s".formatted(computed, root));
        }
    }
}
