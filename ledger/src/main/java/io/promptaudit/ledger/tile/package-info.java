/** The tree and its entries as immutable files (C2SP tlog-tiles): written, read, and kept in a folder. */
@NullMarked
package io.promptaudit.ledger.tile;

import org.jspecify.annotations.NullMarked;
