package io.promptaudit.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a version's content is. */
public enum PromptType {
    /** One text. */
    @JsonProperty("text")
    TEXT,
    /** A list of messages with roles, and placeholders for messages the application inserts. */
    @JsonProperty("chat")
    CHAT
}
