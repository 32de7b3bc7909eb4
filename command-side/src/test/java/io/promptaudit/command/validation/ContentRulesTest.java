package io.promptaudit.command.validation;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.command.PromptCommand.EditPrompt;

import static io.promptaudit.command.validation.Commands.TEXT;
import static io.promptaudit.command.validation.Commands.chat;
import static io.promptaudit.command.validation.Commands.creation;
import static io.promptaudit.command.validation.Commands.invalid;
import static io.promptaudit.command.validation.Commands.missing;
import static io.promptaudit.command.validation.Commands.passes;

/** What contents may be. */
@SuppressWarnings("NullAway")
class ContentRulesTest {
    @Test
    void fitTheirType() {
        invalid("content", new EditPrompt("p", 1, PromptType.CHAT, TEXT, Map.of(), "n"),
                "must be an array of messages, because the type is chat");
        invalid("content", new EditPrompt("p", 1, PromptType.TEXT, chat(ChatMessage.of("user", "Hi")), Map.of(), "n"),
                "must be a string, because the type is text");
    }

    @Test
    void haveAtMostOneMebibyte() {
        String half = "é".repeat(1 << 18);
        passes(creation(new Content.Text(half + half), Map.of()));
        invalid("content", creation(new Content.Text(half + half + "x"), Map.of()),
                "must have at most 1,048,576 bytes in UTF-8");
        invalid("content", creation(chat(ChatMessage.of("user", half), ChatMessage.of("user", half)), Map.of()),
                "must have at most 1,048,576 bytes in UTF-8");
    }

    @Test
    void keepControlCharactersExceptNul() {
        passes(creation(new Content.Text("\u0001\r\n\u202e\ufeff"), Map.of()));
        invalid("content", creation(new Content.Text("\u0000"), Map.of()), "must not contain U+0000");
        invalid("content[0].content", creation(chat(ChatMessage.of("user", "\udc00")), Map.of()),
                "must be well-formed Unicode, without lone surrogates");
    }

    @Test
    void areMessagesOrPlaceholders() {
        invalid("content", creation(chat(), Map.of()), "must have 1 to 10,000 messages");
        invalid("content[0].role", creation(chat(ChatMessage.of(" ", "Hi")), Map.of()), "must not be blank");
        invalid("content[0].role", creation(chat(ChatMessage.of("x".repeat(65), "Hi")), Map.of()),
                "must have at most 64 characters");
        invalid("content[0].type", creation(chat(new ChatMessage("text", "user", "Hi", null)), Map.of()),
                "must be placeholder, or be left out");
        invalid("content[0]", creation(chat(new ChatMessage("placeholder", "user", null, "x")), Map.of()),
                "must be either a message or a placeholder");
        invalid("content[1]", creation(chat(ChatMessage.of("user", "Hi"), new ChatMessage(null, "user", "Hi", "x")), Map.of()),
                "must be either a message or a placeholder");
        missing("content[0].content", creation(chat(new ChatMessage(null, "user", null, null)), Map.of()));
        missing("content[0].name", creation(chat(ChatMessage.placeholder(null)), Map.of()));
    }
}
