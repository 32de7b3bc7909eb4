package io.promptaudit.query.diff;

import java.util.HashMap;
import java.util.Map;

import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.StoreQuery.CompareVersions;
import io.promptaudit.api.query.VersionDiff;
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
        Map<Integer, WrittenVersion> found = find(query, last);
        return known(found, query.from(), query.prompt()).to(known(found, query.to(), query.prompt()));
    }

    /** Every version takes an event at least, so version n is not to be found before event n - 1. */
    private Map<Integer, WrittenVersion> find(CompareVersions query, long last) {
        int first = Math.min(query.from(), query.to());
        int wanted = query.from() == query.to() ? 1 : 2;
        var found = new HashMap<Integer, WrittenVersion>();
        events.visit(query.prompt(), Math.max(0, first - 1), last, recorded -> {
            WrittenVersion written = WrittenVersion.of(recorded.event());
            if (written != null && (written.version() == query.from() || written.version() == query.to())) {
                found.put(written.version(), written);
            }
            return found.size() < wanted;
        });
        return found;
    }

    private static WrittenVersion known(Map<Integer, WrittenVersion> found, int version, String prompt) {
        WrittenVersion written = found.get(version);
        if (written == null) {
            throw new UnknownThing("version-not-found",
                    "Prompt \"%s\" has no version %d.".formatted(prompt, version));
        }
        return written;
    }
}
