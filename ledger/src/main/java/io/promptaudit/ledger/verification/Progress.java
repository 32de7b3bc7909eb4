package io.promptaudit.ledger.verification;

/** Told how far a verification is. */
@FunctionalInterface
public interface Progress {
    /**
     * Told after each bundle of entries.
     *
     * @param done how many entries were verified
     * @param size how many there are
     */
    void at(long done, long size);
}
