package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A prompt was described, archived or restored. Of the descriptive fields only those that were set are there. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptChange(String prompt, @Nullable String title, @Nullable String description, @Nullable String owner,
        @Nullable List<String> tags, @Nullable String reason) {}
