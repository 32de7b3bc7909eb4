package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** The version became active in the environment, on this evidence. The event's id is the deployment's id. */
@Revision("1")
public record PromptDeployed(String prompt, int version, String environment, String digest, String reason,
        @Nullable String ticket, boolean emergency, long policyRevision, List<CountedApproval> approvals,
        List<CountedCheck> checks, @Nullable ActiveDeployment replaced) implements PromptEvent {}
