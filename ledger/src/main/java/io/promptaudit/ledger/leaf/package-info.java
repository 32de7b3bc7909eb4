/** The entries of this ledger: what each says of one event, and what of the event it commits to. */
@NullMarked
package io.promptaudit.ledger.leaf;

import org.jspecify.annotations.NullMarked;
