package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The prompt takes changes again. */
@Revision("1")
public record PromptRestored(String prompt, String reason) implements PromptEvent {}
