package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** Nothing of the prompt is active in the environment any more. */
@Revision("1")
public record PromptWithdrawn(String prompt, int version, String environment, String deployment,
        String reason) implements PromptEvent {}
