package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;

/** Approvals, by their event ids, that stand no longer. */
@Revision("1")
public record ApprovalRevoked(String prompt, int version, List<String> approvals, String reason) implements PromptEvent {}
