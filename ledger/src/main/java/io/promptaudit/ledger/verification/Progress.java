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

    /**
     * Told before that, where there are events to verify beside the entries.
     *
     * @param done how many events were verified
     */
    default void events(long done) {}
}
