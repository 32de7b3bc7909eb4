package io.promptaudit.server.sequence;

import java.util.List;

import io.promptaudit.command.trail.TrailUnavailable;

/**
 * The proof of the order, which grows with it: a leaf for each position, in the transaction that gives it. All but
 * {@link #requireSealing} is called by the sequencer's thread alone.
 */
public interface Ledger {

    /**
     * Gets in step with the tables, whose positions up to this one are on disk. What it adds to them is not, until
     * {@link #durable}.
     *
     * @throws LedgerDamaged when they contradict each other
     */
    void follow(long head);

    /**
     * Appends the leaves of events that get the positions from {@code first}, in the transaction under way.
     *
     * @throws RuntimeException when they cannot be appended: the positions are then not given either
     */
    void append(List<Unplaced> events, long first);

    /** What was appended is on disk, and may be signed. */
    void durable();

    /**
     * Says no before a write begins while checkpoints cannot be signed and kept, or something else holds writes back.
     *
     * @throws TrailUnavailable when so
     */
    void requireSealing();
}
