package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * The version became active in the environment, on this evidence. The event's id is the deployment's id.
 *
 * @param schedule the schedule that was executed, by its event's id; null when somebody deployed at once
 */
@Revision("1")
public record PromptDeployed(String prompt, int version, String environment, String digest, String reason,
        @Nullable String ticket, boolean emergency, long policyRevision, List<CountedApproval> approvals,
        List<CountedCheck> checks, @Nullable ActiveDeployment replaced, @Nullable String schedule) implements PromptEvent {}
