/** The verification of a whole ledger, offline and in constant memory, with whatever older evidence of it there is. */
@NullMarked
package io.promptaudit.ledger.verification;

import org.jspecify.annotations.NullMarked;
