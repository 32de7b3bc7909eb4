package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** New descriptive fields; an absent one is unchanged, an empty one is cleared. */
@Revision("1")
public record PromptDescribed(String prompt, @Nullable String title, @Nullable String description, @Nullable String owner,
        @Nullable List<String> tags) implements PromptEvent {}
