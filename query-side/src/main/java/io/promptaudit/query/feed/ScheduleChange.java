package io.promptaudit.query.feed;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A deployment was scheduled for a later moment, or such a schedule was cancelled. One that is executed is told as a
 * {@link ReleaseChange}.
 *
 * @param schedule its id: the id of the event that scheduled
 * @param at the moment
 * @param reason why, or what no longer held
 * @param cause {@code person}, {@code rule} or {@code missed}: why it was cancelled
 * @param rule the rule that did not hold
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleChange(String prompt, int version, String environment, String schedule, @Nullable String digest,
        @JsonFormat(pattern = CloudEvent.MILLISECONDS, timezone = "UTC") @Nullable Instant at, @Nullable String reason,
        @Nullable String ticket, @Nullable String cause, @Nullable String rule,
        @Nullable Long policyRevision) {}
