package io.promptaudit.command.validation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.PromptType;

/** The rules for what a version says. Texts are kept exactly, so nothing is trimmed or normalised here. */
final class ContentRules {
    /** The most bytes that a text, or all messages of a chat together, may have in UTF-8. */
    static final int LARGEST_CONTENT = 1 << 20;

    private static final int MOST_MESSAGES = 10_000;
    private static final int LONGEST_ROLE = 64;
    private static final int LONGEST_PLACEHOLDER = 200;

    private ContentRules() {}

    static void check(@Nullable PromptType type, @Nullable Content content, @Nullable Map<String, Object> config) {
        Texts.present("content", content);
        Texts.present("type", type);
        if (content == null || type == null) {
            return;
        }
        if (content.type() != type) {
            throw new InvalidValue("content", switch (type) {
                case TEXT -> "must be a string, because the type is text";
                case CHAT -> "must be an array of messages, because the type is chat";
            });
        }
        int bytes = switch (content) {
            case Content.Text text -> size("content", text.text());
            case Content.Chat chat -> messages(chat.messages());
        };
        if (bytes > LARGEST_CONTENT) {
            throw new InvalidValue("content", "must have at most %,d bytes in UTF-8".formatted(LARGEST_CONTENT));
        }
        Texts.present("config", config);
        ConfigRules.check(config);
    }

    private static int messages(List<ChatMessage> messages) {
        if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            throw new InvalidValue("content", "must have 1 to %,d messages".formatted(MOST_MESSAGES));
        }
        int bytes = 0;
        for (int i = 0; i < messages.size(); i++) {
            bytes = Math.addExact(bytes, message("content[" + i + "]", messages.get(i)));
        }
        return bytes;
    }

    private static int message(String path, ChatMessage message) {
        return message.isPlaceholder() ? placeholder(path, message) : spoken(path, message);
    }

    private static int placeholder(String path, ChatMessage message) {
        if (message.role() != null || message.content() != null) {
            throw new InvalidValue(path, "must be either a message or a placeholder");
        }
        Texts.required(path + ".name", message.name(), LONGEST_PLACEHOLDER);
        return size(path + ".name", message.name());
    }

    private static int spoken(String path, ChatMessage message) {
        if (message.type() != null) {
            throw new InvalidValue(path + ".type", "must be placeholder, or be left out");
        }
        if (message.name() != null) {
            throw new InvalidValue(path, "must be either a message or a placeholder");
        }
        Texts.required(path + ".role", message.role(), LONGEST_ROLE);
        Texts.present(path + ".content", message.content());
        return size(path + ".role", message.role()) + size(path + ".content", message.content());
    }

    private static int size(String field, @Nullable String text) {
        if (text == null) {
            return 0;
        }
        Texts.storable(field, text);
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
