package io.promptaudit.command.trail;

/** A command that is decided and written, but not yet known to be durable. */
public interface Pending {

    /** Whether there was nothing to record. */
    boolean isNothing();

    /**
     * Waits until the event is durable and has its position.
     *
     * @throws OutcomeUnknown when that takes too long
     * @throws IllegalStateException when there was nothing to record
     */
    Recorded await();
}
