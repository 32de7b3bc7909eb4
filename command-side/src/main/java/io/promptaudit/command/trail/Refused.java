package io.promptaudit.command.trail;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Rule;

/** A refusal that is on record: the rule that refused, and where the trail says so. */
public class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Rule rule;
    private final @Nullable Long policyRevision;
    private final String eventId;
    private final long position;

    /**
     * @param eventId the id of the {@link io.promptaudit.api.event.CommandRefused} event
     * @param position its position
     */
    public Refused(Rule rule, String detail, @Nullable Long policyRevision, String eventId, long position) {
        super(detail);
        this.rule = rule;
        this.policyRevision = policyRevision;
        this.eventId = eventId;
        this.position = position;
    }

    /** The rule that refused. */
    public Rule rule() {
        return rule;
    }

    /** The revision of the release policy that decided, or null. */
    public @Nullable Long policyRevision() {
        return policyRevision;
    }

    /** The id of the event that records the refusal. */
    public String eventId() {
        return eventId;
    }

    /** The position of that event. */
    public long position() {
        return position;
    }
}
