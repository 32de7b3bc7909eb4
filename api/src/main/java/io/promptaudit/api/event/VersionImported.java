package io.promptaudit.api.event;

import java.util.Map;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;

/** A version brought from elsewhere: imported, not witnessed. Author and time are what the source claims; {@code commit} is the source's own reference. */
@Revision("1")
public record VersionImported(String prompt, int version, PromptType type, Content content, Map<String, Object> config,
        String note, String digest, @Nullable String title, String claimedAuthor, String claimedAt,
        @Nullable String commit) implements PromptEvent {}
