package io.promptaudit.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a chat prompt: either a message ({@code role} and {@code content}) or a placeholder ({@code type} is
 * {@code "placeholder"} and {@code name} says what the application puts there).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatMessage(@Nullable String type, @Nullable String role, @Nullable String content, @Nullable String name) {

    /** The {@link #type} of an entry that stands for messages inserted by the application. */
    public static final String PLACEHOLDER = "placeholder";

    /** A message spoken by {@code role}. */
    public static ChatMessage of(String role, String content) {
        return new ChatMessage(null, role, content, null);
    }

    /** A place where the application inserts messages. */
    public static ChatMessage placeholder(String name) {
        return new ChatMessage(PLACEHOLDER, null, null, name);
    }

    /** Whether this entry is a placeholder rather than a message. */
    @JsonIgnore
    public boolean isPlaceholder() {
        return PLACEHOLDER.equals(type);
    }
}
