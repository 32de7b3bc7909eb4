/** The Merkle tree of RFC 6962, section 2.1, and its proofs, with the verifier's duties of RFC 9162, section 2.1. */
@NullMarked
package io.promptaudit.ledger.tree;

import org.jspecify.annotations.NullMarked;
