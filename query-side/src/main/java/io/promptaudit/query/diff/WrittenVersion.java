package io.promptaudit.query.diff;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.VersionDiff;
import io.promptaudit.api.query.VersionDiff.TextChange;
import io.promptaudit.api.query.VersionDiff.TypeChange;

/** A version of a prompt, as far as it can differ from another. */
public record WrittenVersion(String prompt, int version, Content content, Map<String, Object> config) {

    /** The version that the event made; null when it made none. */
    public static @Nullable WrittenVersion of(PromptEvent event) {
        if (event instanceof PromptCreated e) {
            return new WrittenVersion(e.prompt(), 1, e.content(), e.config());
        }
        if (event instanceof PromptEdited e) {
            return new WrittenVersion(e.prompt(), e.version(), e.content(), e.config());
        }
        if (event instanceof VersionImported e) {
            return new WrittenVersion(e.prompt(), e.version(), e.content(), e.config());
        }
        return null;
    }

    /** What is different in the other version. */
    public VersionDiff to(WrittenVersion other) {
        var typeChanged = content.type() == other.content.type()
                ? null
                : new TypeChange(content.type(), other.content.type());
        return new VersionDiff(prompt, version, other.version, typeChanged, text(content, other.content),
                Messages.compare(messages(content), messages(other.content)), Config.compare(config, other.config));
    }

    private static @Nullable TextChange text(Content from, Content to) {
        if (from instanceof Content.Chat && to instanceof Content.Chat) {
            return null;
        }
        return new TextChange(Lines.compare(lines(from), lines(to)));
    }

    private static List<String> lines(Content content) {
        return switch (content) {
            case Content.Text text -> Lines.of(text.text());
            case Content.Chat _ -> List.of();
        };
    }

    private static List<ChatMessage> messages(Content content) {
        return switch (content) {
            case Content.Text _ -> List.of();
            case Content.Chat chat -> chat.messages();
        };
    }

    /** Says which, and nothing of its text. */
    @Override
    public String toString() {
        return "version %d of \"%s\"".formatted(version, prompt);
    }
}
