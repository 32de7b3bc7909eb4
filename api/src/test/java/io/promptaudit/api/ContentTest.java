package io.promptaudit.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.Content.Chat;
import io.promptaudit.api.Content.Text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ContentTest {
    private static final List<?> ODD = List.of(Map.of("role", "user", "content", "Hi", "mood", "good"));

    @Test
    void isATextOrAChat() {
        assertThat(Content.of("Hi")).isEqualTo(new Text("Hi"));
        assertThat(Content.of("Hi").type()).isEqualTo(PromptType.TEXT);
        Content chat = Content.of(List.of(Map.of("role", "user", "content", "Hi"),
                Map.of("type", "placeholder", "name", "history")));
        assertThat(chat).isEqualTo(new Chat(List.of(ChatMessage.of("user", "Hi"), ChatMessage.placeholder("history"))));
        assertThat(chat.type()).isEqualTo(PromptType.CHAT);
    }

    @Test
    void isNothingElse() {
        refuses(7, "content must be a string or an array of messages");
        refuses(Map.of("text", "Hi"), "content must be a string or an array of messages");
        refuses(List.of("Hi"), "content[0] must be an object");
        refuses(List.of(Map.of("role", "user", "content", 7)), "content[0].content must be a string");
        refuses(ODD, "content[0].mood is not a known field");
    }

    private static void refuses(Object json, String message) {
        assertThatExceptionOfType(MalformedRequest.class).isThrownBy(() -> Content.of(json)).withMessage(message);
    }

    @Test
    void isReadTolerantlyOnceStored() {
        assertThat(Content.ofStored(ODD)).isEqualTo(new Chat(List.of(ChatMessage.of("user", "Hi"))));
        assertThat(Content.ofStored("Hi")).isEqualTo(new Text("Hi"));
    }

    @Test
    void keepsItsOwnCopyOfTheMessages() {
        var messages = new ArrayList<>(List.of(ChatMessage.of("user", "Hi")));
        var chat = new Chat(messages);
        messages.clear();
        assertThat(chat.messages()).hasSize(1);
    }
}
