/** Receipts: proofs of inclusion that can be kept and verified offline (C2SP tlog-proof). */
@NullMarked
package io.promptaudit.ledger.proof;

import org.jspecify.annotations.NullMarked;
