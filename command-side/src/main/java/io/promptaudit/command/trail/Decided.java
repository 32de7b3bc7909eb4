package io.promptaudit.command.trail;

import org.jspecify.annotations.Nullable;

/**
 * What a command handler answers.
 *
 * @param eventId the id of the event it applied; null when there was nothing to record (a version imported already)
 * @param version the version the event speaks of, or null
 * @param revision the policy's revision, for a policy; else null
 * @param pending whether the event only proposes what was asked for, and a second admin confirms it
 */
public record Decided(@Nullable String eventId, @Nullable Integer version, @Nullable Long revision, boolean pending) {

    /** A decision that took effect. */
    public Decided(@Nullable String eventId, @Nullable Integer version, @Nullable Long revision) {
        this(eventId, version, revision, false);
    }

    /** Nothing to record. */
    public static final Decided NOTHING = new Decided(null, null, null);

    /** An event that speaks of no version. */
    public static Decided event(String eventId) {
        return new Decided(eventId, null, null);
    }

    /** An event that proposes what was asked for. */
    public static Decided proposed(String eventId) {
        return new Decided(eventId, null, null, true);
    }

    /** An event that speaks of one version. */
    public static Decided event(String eventId, int version) {
        return new Decided(eventId, version, null);
    }
}
