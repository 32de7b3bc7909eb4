package io.promptaudit.api.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;

/**
 * Everything a caller may ask of one prompt that is answered from the event store itself, no view involved. Every one of
 * them fails with {@link io.promptaudit.api.UnknownThing} ({@code prompt-not-found}) alike when there is no such prompt
 * and when the caller may not know that there is.
 */
public sealed interface StoreQuery extends Query {

    /** The prompt's name. */
    String prompt();

    /**
     * The prompt's events exactly as stored, in order; answered by a {@link StoredEventPage}.
     *
     * @param cursor where the page before ended, or null for the beginning
     * @param limit how many events at most, 1 to {@value #MOST_EVENTS}
     */
    record ListStoredEvents(Caller caller, String prompt, @Nullable String cursor, int limit) implements StoreQuery {
        /** The most events on one page. */
        public static final int MOST_EVENTS = 200;
    }

    /**
     * The prompt's state after the event with this sequence number, or as of this moment, or now; answered by a
     * {@link ReplayedPrompt}.
     *
     * @param sequence the number of the last event to count, from 0; null unless asked for
     * @param at count every event up to this moment by the events' own time; null unless asked for
     */
    record ReplayPrompt(Caller caller, String prompt, @Nullable Long sequence, @Nullable Instant at)
            implements
                StoreQuery {}

    /** What is different between two versions; answered by a {@link VersionDiff}. */
    record CompareVersions(Caller caller, String prompt, int from, int to) implements StoreQuery {}
}
