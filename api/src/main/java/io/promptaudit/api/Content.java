package io.promptaudit.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** What a prompt says: one text, or chat messages. In JSON a string or an array of messages. */
public sealed interface Content {

    /** A text, kept character for character. */
    record Text(String text) implements Content {
        @Override
        public Object json() {
            return text;
        }
    }

    /** Chat messages in order. */
    record Chat(List<ChatMessage> messages) implements Content {
        /** Keeps its own copy of the list. */
        public Chat {
            messages = List.copyOf(messages);
        }

        @Override
        public Object json() {
            return messages;
        }
    }

    /** The JSON form: a string, or a list of {@link ChatMessage}. */
    @JsonValue
    Object json();

    /** The type that a version with this content has. */
    default PromptType type() {
        return switch (this) {
            case Text _ -> PromptType.TEXT;
            case Chat _ -> PromptType.CHAT;
        };
    }

    /**
     * Reads the JSON form.
     *
     * @throws MalformedRequest when it is neither a string nor an array of messages, naming the offending path
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Content of(Object json) {
        return read(json, true);
    }

    /**
     * Reads the JSON form as an event keeps it: fields of a message that only a later version knows are passed over.
     *
     * @throws MalformedRequest when it is neither a string nor an array of messages
     */
    static Content ofStored(Object json) {
        return read(json, false);
    }

    private static Content read(Object json, boolean strictly) {
        return switch (json) {
            case String text -> new Text(text);
            case List<?> entries -> chat(entries, strictly);
            default -> throw new MalformedRequest("content", "must be a string or an array of messages");
        };
    }

    private static Chat chat(List<?> entries, boolean strictly) {
        var messages = new ArrayList<ChatMessage>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            String path = "content[" + i + "]";
            if (!(entries.get(i) instanceof Map<?, ?> fields)) {
                throw new MalformedRequest(path, "must be an object");
            }
            for (Object key : fields.keySet()) {
                if (strictly && !List.of("type", "role", "content", "name").contains(key)) {
                    throw new MalformedRequest(path + "." + key, "is not a known field");
                }
            }
            messages.add(new ChatMessage(string(fields, path, "type"), string(fields, path, "role"),
                    string(fields, path, "content"), string(fields, path, "name")));
        }
        return new Chat(messages);
    }

    private static @Nullable String string(Map<?, ?> fields, String path, String key) {
        Object value = fields.get(key);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new MalformedRequest(path + "." + key, "must be a string");
    }
}
