/** Signed notes and the keys that sign and verify them (C2SP signed-note). */
@NullMarked
package io.promptaudit.ledger.note;

import org.jspecify.annotations.NullMarked;
