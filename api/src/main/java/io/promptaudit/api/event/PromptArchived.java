package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** The prompt takes no more changes until restored. */
@Revision("1")
public record PromptArchived(String prompt, String reason) implements PromptEvent {}
