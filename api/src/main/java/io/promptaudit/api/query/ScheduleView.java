package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Cancellation;
import io.promptaudit.api.Rule;

/**
 * A deployment for a later moment, and what became of it.
 *
 * @param schedule its event's id
 * @param at its moment
 * @param by the account that scheduled
 * @param onBehalfOf the person it acted for, or null
 * @param recordedAt when it was scheduled
 * @param deployment the deployment that it made, or null
 * @param cancelled how it was cancelled, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleView(String schedule, String prompt, int version, String environment, String digest, Instant at,
        String reason, @Nullable String ticket, String by, @Nullable String onBehalfOf, Instant recordedAt,
        ScheduleState state, @Nullable String deployment, @Nullable Cancelled cancelled) {

    /**
     * The end of a schedule that was not executed.
     *
     * @param onBehalfOf the person that {@code by} acted for, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cancelled(Cancellation cause, @Nullable Rule rule, @Nullable Long policyRevision, @Nullable String reason,
            String by, @Nullable String onBehalfOf, Instant recordedAt) {}

    /** The same schedule, executed. */
    public ScheduleView done(String made) {
        return new ScheduleView(schedule, prompt, version, environment, digest, at, reason, ticket, by, onBehalfOf,
                recordedAt, ScheduleState.DONE, made, null);
    }

    /** The same schedule, cancelled. */
    public ScheduleView cancelled(Cancelled how) {
        return new ScheduleView(schedule, prompt, version, environment, digest, at, reason, ticket, by, onBehalfOf,
                recordedAt, ScheduleState.CANCELLED, null, how);
    }
}
