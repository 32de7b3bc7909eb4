package io.promptaudit.ledger.tree;

import io.promptaudit.ledger.MissingEvidence;

/** Knows the roots of a tree's complete subtrees: what proofs are made of. */
@FunctionalInterface
public interface Subtrees {
    /**
     * The root over the leaves from {@code index * 2^level} to {@code (index + 1) * 2^level - 1}.
     *
     * @throws MissingEvidence if it is not known
     */
    Hash root(int level, long index);
}
