package io.promptaudit.api.event;

import org.axonframework.serialization.Revision;

/** A remark on the version. */
@Revision("1")
public record PromptCommented(String prompt, int version, String text) implements PromptEvent {}
