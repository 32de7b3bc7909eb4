package io.promptaudit.query.diff;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.StoreQuery.CompareVersions;
import io.promptaudit.api.query.VersionDiff;
import io.promptaudit.api.query.VersionDiff.TextChange;
import io.promptaudit.api.query.VersionDiff.TypeChange;
import io.promptaudit.query.store.PromptEvents;

/** Answers what is different between two versions, as the event store has them. */
@Component
class DiffQueries {
    private final PromptEvents events;

    DiffQueries(PromptEvents events) {
        this.events = events;
    }

    @QueryHandler
    VersionDiff handle(CompareVersions query) {
        long last = events.last(query.prompt());
        Map<Integer, Written> found = find(query, last);
        Written from = known(found, query.from(), query.prompt());
        Written to = known(found, query.to(), query.prompt());
        var typeChanged = from.content.type() == to.content.type()
                ? null
                : new TypeChange(from.content.type(), to.content.type());
        return new VersionDiff(query.prompt(), query.from(), query.to(), typeChanged, text(from.content, to.content),
                Messages.compare(messages(from.content), messages(to.content)),
                Config.compare(from.config, to.config));
    }

    /** Every version takes an event at least, so version n is not to be found before event n - 1. */
    private Map<Integer, Written> find(CompareVersions query, long last) {
        int first = Math.min(query.from(), query.to());
        int wanted = query.from() == query.to() ? 1 : 2;
        var found = new HashMap<Integer, Written>();
        events.visit(query.prompt(), Math.max(0, first - 1), last, recorded -> {
            Written written = written(recorded.event());
            if (written != null && (written.version == query.from() || written.version == query.to())) {
                found.put(written.version, written);
            }
            return found.size() < wanted;
        });
        return found;
    }

    private static @Nullable Written written(PromptEvent event) {
        if (event instanceof PromptCreated e) {
            return new Written(1, e.content(), e.config());
        }
        if (event instanceof PromptEdited e) {
            return new Written(e.version(), e.content(), e.config());
        }
        if (event instanceof VersionImported e) {
            return new Written(e.version(), e.content(), e.config());
        }
        return null;
    }

    private static Written known(Map<Integer, Written> found, int version, String prompt) {
        Written written = found.get(version);
        if (written == null) {
            throw new UnknownThing("version-not-found",
                    "Prompt \"%s\" has no version %d.".formatted(prompt, version));
        }
        return written;
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

    /** A version, as far as it can differ. */
    private record Written(int version, Content content, Map<String, Object> config) {}
}
