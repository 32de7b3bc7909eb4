package io.promptaudit.api.event;

import java.util.List;
import java.util.Map;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;

/** A prompt with its version 1. */
@Revision("1")
public record PromptCreated(String prompt, PromptType type, Content content, Map<String, Object> config, String note,
        String digest, @Nullable String title, @Nullable String description, @Nullable String owner,
        List<String> tags) implements PromptEvent {}
