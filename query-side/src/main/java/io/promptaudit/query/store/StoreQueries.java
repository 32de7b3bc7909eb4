package io.promptaudit.query.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.ReplayedPrompt;
import io.promptaudit.api.query.StoreQuery.ListStoredEvents;
import io.promptaudit.api.query.StoreQuery.ReplayPrompt;
import io.promptaudit.api.query.StoredEvent;
import io.promptaudit.api.query.StoredEventPage;
import io.promptaudit.query.view.Signatories;

/** Answers what the event store itself says of a prompt. */
@Component
class StoreQueries {
    /** A page ends early at this many stored bytes: two hundred events of a mebibyte each would fill the memory. */
    static final long PAGE_BYTES = 8L << 20;

    /** The most bytes of payloads that are replayed: the answer holds what every version says. */
    static final long REPLAY_BYTES = 64L << 20;

    private final PromptEvents events;
    private final Signatories signatories;

    StoreQueries(PromptEvents events, Signatories signatories) {
        this.events = events;
        this.signatories = signatories;
    }

    @QueryHandler
    StoredEventPage handle(ListStoredEvents query) {
        if (query.limit() < 1 || query.limit() > ListStoredEvents.MOST_EVENTS) {
            throw new MalformedRequest("limit",
                    "must be a whole number from 1 to %d".formatted(ListStoredEvents.MOST_EVENTS));
        }
        long after = position(query.cursor());
        long last = events.last(query.prompt());
        long end = pageEnd(query.prompt(), after, query.limit());
        List<StoredEvent> items = new ArrayList<>();
        if (end > after) {
            items = events.table().rows(query.prompt(), after + 1, end, (row, _) -> StoredEventReader.read(row));
        }
        return new StoredEventPage(items, end < last ? cursor(end) : null);
    }

    @QueryHandler
    ReplayedPrompt handle(ReplayPrompt query) {
        if (query.sequence() != null && query.at() != null) {
            throw new MalformedRequest("at", "cannot be sent together with sequence");
        }
        if (query.sequence() != null && query.sequence() < 0) {
            throw new MalformedRequest("sequence", "must be a whole number from 0");
        }
        long end = replayEnd(query, events.last(query.prompt()));
        if (events.table().bytes(query.prompt(), end) > REPLAY_BYTES) {
            throw new InvalidValue("sequence", "must be less than %d: up to there the events hold more than %d MiB"
                    .formatted(end, REPLAY_BYTES >> 20));
        }
        var replay = new PromptReplay();
        events.visit(query.prompt(), 0, end, event -> {
            replay.apply(event);
            return true;
        });
        ReplayedPrompt state = replay.state();
        return state.signed(signatories.of(state.approvals()));
    }

    private long replayEnd(ReplayPrompt query, long last) {
        if (query.sequence() != null) {
            if (query.sequence() > last) {
                throw new UnknownThing("sequence-not-found",
                        "Prompt \"%s\" has events 0 to %d.".formatted(query.prompt(), last));
            }
            return query.sequence();
        }
        if (query.at() == null) {
            return last;
        }
        long end = events.lastUntil(query.prompt(), query.at());
        if (end < 0) {
            throw new UnknownThing("never-existed-then",
                    "Prompt \"%s\" did not exist yet at %s.".formatted(query.prompt(), query.at()));
        }
        return end;
    }

    private long pageEnd(String prompt, long after, int limit) {
        long end = after;
        long bytes = 0;
        for (EventTable.Size size : events.table().sizes(prompt, after, limit)) {
            bytes += size.bytes();
            if (bytes > PAGE_BYTES && end > after) {
                return end;
            }
            end = size.sequence();
        }
        return end;
    }

    private static String cursor(long sequence) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
    }

    private static long position(@Nullable String cursor) {
        if (cursor == null) {
            return -1;
        }
        try {
            long sequence = Long.parseLong(
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
            if (sequence >= 0) {
                return sequence;
            }
        } catch (IllegalArgumentException e) {
            // Not one of ours: refused below, like a negative one.
        }
        throw new MalformedRequest("cursor", "must be a cursor that an answer gave");
    }
}
