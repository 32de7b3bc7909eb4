/** The text forms of bytes and numbers that C2SP formats share, read strictly: each value has one form only. */
@NullMarked
package io.promptaudit.ledger.encoding;

import org.jspecify.annotations.NullMarked;
