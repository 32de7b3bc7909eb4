package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;

/** Rejections, by their event ids, that stand no longer. */
@Revision("1")
public record RejectionWithdrawn(String prompt, int version, List<String> rejections, String reason) implements PromptEvent {}
