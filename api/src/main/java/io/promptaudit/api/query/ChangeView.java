package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;

/**
 * A change that one admin proposed and that another confirms.
 *
 * @param change its id: that of the event that proposed it
 * @param environment the environment whose policy it would set, or null
 * @param account the account that it would give something, or null
 * @param onBehalfOf the person for whom {@code proposedBy} acted, or null
 * @param reason what was given as reason, or null
 * @param policy what it would do to the policy, or null
 * @param grants what it would do to the grants, or null
 * @param groups what it would do to the groups, or null
 * @param settled what ended the waiting, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeView(String change, long position, ChangeState state, @Nullable String environment,
        @Nullable String account, String proposedBy, @Nullable String onBehalfOf, Instant proposedAt, @Nullable String reason,
        @Nullable Policies policy, @Nullable Grants grants, @Nullable Groups groups, @Nullable Settled settled) {

    /**
     * A policy and what would take its place.
     *
     * @param before null where the environment would be made
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Policies(@Nullable ReleasePolicy before, ReleasePolicy after) {}

    /** Grants and what would take their place. */
    public record Grants(List<Grant> before, List<Grant> after) {}

    /** Groups and what would take their place. */
    public record Groups(List<String> before, List<String> after) {}

    /**
     * The event that ended the waiting.
     *
     * @param by who confirmed or declined the change, or changed what it was based on
     * @param reason why it was declined, or what was remarked at its confirmation; else null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Settled(String by, @Nullable String onBehalfOf, Instant at, String eventId, long position,
            @Nullable String reason) {}

    /** The same change, no longer waiting. */
    public ChangeView settled(ChangeState as, Settled by) {
        return new ChangeView(change, position, as, environment, account, proposedBy, onBehalfOf, proposedAt, reason, policy,
                grants, groups, by);
    }
}
