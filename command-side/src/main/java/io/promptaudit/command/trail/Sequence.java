package io.promptaudit.command.trail;

import java.time.Instant;
import java.util.Optional;

/** The one order of all events: every durable event has a dense position, from 1. */
public interface Sequence {

    /** Where an event stands, and its own time. */
    record Positioned(long position, Instant recordedAt) {}

    /**
     * Waits until the event is durable and has its position.
     *
     * @throws OutcomeUnknown when that takes longer than the configured time
     */
    Positioned await(String eventId);

    /** The event's place, when it has one. */
    Optional<Positioned> find(String eventId);

    /** The last position given. */
    long head();

    /**
     * Says no before a write begins while events cannot be made durable, or cannot be sealed.
     *
     * @throws TrailUnavailable when so
     */
    void requireAccepting();

    /**
     * The same for what is to be recorded while nothing can be sealed, because it decides how that goes on.
     *
     * @throws TrailUnavailable while events cannot be made durable
     */
    void requireDurability();
}
