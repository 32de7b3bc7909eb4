package io.promptaudit.server.ledger;

import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.server.sequence.LedgerDamaged;

/** Those outside who remember what was signed, such as witnesses: beside the second place they tell whether the database was set back. */
public interface OutsideMemory {
    /** Nobody remembers. */
    OutsideMemory NONE = new OutsideMemory() {
        @Override
        public void ask(SignedNote kept) {
            // Nobody is there.
        }

        @Override
        public void requireNothingBeyond(String origin, long size) {
            // Nobody knows of anything.
        }

        @Override
        public void sealed(SignedNote checkpoint) {
            // Nobody is told.
        }
    };

    /**
     * Asks them what they know, before the first signature at a start and in an epoch. Returns after some seconds, whatever they
     * answer, and whether they do.
     *
     * @param kept the newest checkpoint that the second place has
     */
    void ask(SignedNote kept);

    /**
     * Says no before a tree is signed that one of them has seen grow further.
     *
     * @throws LedgerDamaged when so
     */
    void requireNothingBeyond(String origin, long size);

    /** Tells them of a new checkpoint, without waiting for them. */
    void sealed(SignedNote checkpoint);
}
