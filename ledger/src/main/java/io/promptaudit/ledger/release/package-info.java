/** The release rules once more, told from the JSON of stored events alone: what was let through is decided again. */
@NullMarked
package io.promptaudit.ledger.release;

import org.jspecify.annotations.NullMarked;
