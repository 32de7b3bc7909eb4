package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A version properly released before became active again; {@code restores} is the deployment that released it, {@code replaced} what was undone. */
@Revision("1")
public record PromptRolledBack(String prompt, int version, String environment, String digest, String reason, long policyRevision,
        String restores, @Nullable ActiveDeployment replaced) implements PromptEvent {}
