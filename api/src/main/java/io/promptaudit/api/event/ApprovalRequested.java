package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Somebody asked for the version to be approved, by these reviewers or by anyone. */
@Revision("1")
public record ApprovalRequested(String prompt, int version, @Nullable String note,
        List<String> reviewers) implements PromptEvent {}
