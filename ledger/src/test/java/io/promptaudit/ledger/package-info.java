/** What the tests of the ledger share. */
@NullMarked
package io.promptaudit.ledger;

import org.jspecify.annotations.NullMarked;
