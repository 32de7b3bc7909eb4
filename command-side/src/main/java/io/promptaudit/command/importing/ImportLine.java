package io.promptaudit.command.importing;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.command.PromptCommand.ImportVersion;

/**
 * One line of an import: a version as its source tells it.
 *
 * @param author who wrote it, as the source claims
 * @param at when, as the source claims: ISO-8601 with an offset
 * @param commit the source's own reference
 */
record ImportLine(@Nullable String prompt, @Nullable String title, @Nullable String author, @Nullable String at,
        @Nullable String note, @Nullable Content content, @Nullable PromptType type, @Nullable Map<String, Object> config,
        @Nullable String commit) {

    /**
     * @throws MalformedRequest naming the field that is missing
     */
    ImportVersion command() {
        Content what = required("content", content);
        return new ImportVersion(required("prompt", prompt), type == null ? what.type() : type, what,
                config == null ? Map.of() : config, note == null ? "" : note, title, required("author", author),
                required("at", at), commit);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new MalformedRequest(field, "is required");
        }
        return value;
    }
}
