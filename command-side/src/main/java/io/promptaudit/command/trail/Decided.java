package io.promptaudit.command.trail;

import org.jspecify.annotations.Nullable;

/**
 * What a command handler answers.
 *
 * @param eventId the id of the event it applied; null when there was nothing to record (a version imported already)
 * @param version the version the event speaks of, or null
 * @param revision the policy's revision, for a policy; else null
 */
public record Decided(@Nullable String eventId, @Nullable Integer version, @Nullable Long revision) {

    /** Nothing to record. */
    public static final Decided NOTHING = new Decided(null, null, null);

    /** An event that speaks of no version. */
    public static Decided event(String eventId) {
        return new Decided(eventId, null, null);
    }

    /** An event that speaks of one version. */
    public static Decided event(String eventId, int version) {
        return new Decided(eventId, version, null);
    }
}
