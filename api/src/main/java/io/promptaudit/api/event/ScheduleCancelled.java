package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Cancellation;
import io.promptaudit.api.Rule;

/**
 * A schedule that will not be executed any more.
 *
 * @param schedule the id of the event that scheduled
 * @param rule the rule that did not hold at the moment; null unless a rule cancelled
 * @param policyRevision the revision of the release policy that decided, or null
 * @param reason what the person gave, or what no longer held; null where a person gave none
 */
@Revision("1")
public record ScheduleCancelled(String prompt, int version, String environment, String schedule, Cancellation cause,
        @Nullable Rule rule, @Nullable Long policyRevision, @Nullable String reason) implements PromptEvent {}
