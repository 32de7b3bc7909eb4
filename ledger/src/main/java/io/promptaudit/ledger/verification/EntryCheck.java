package io.promptaudit.ledger.verification;

/** Looks at every entry of a ledger, in order. */
@FunctionalInterface
public interface EntryCheck {
    /**
     * Checks an entry.
     *
     * @param index from 0
     * @param entry its bytes, which the tree may or may not confirm
     * @throws io.promptaudit.ledger.MalformedInput if it is no entry
     * @throws io.promptaudit.ledger.VerificationFailed if it contradicts its place or another one
     */
    void check(long index, byte[] entry);

    /**
     * What an entry says it is of, to name it when it is not the right one.
     *
     * @return a text with a space before it; empty where it says nothing
     */
    default String subject(byte[] entry) {
        return "";
    }
}
