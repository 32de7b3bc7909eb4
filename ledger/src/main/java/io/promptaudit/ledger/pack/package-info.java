/** Evidence packs: events as they are stored, with the ledger that shows them, in one file ({@code docs/evidence-pack.md}). */
@NullMarked
package io.promptaudit.ledger.pack;

import org.jspecify.annotations.NullMarked;
