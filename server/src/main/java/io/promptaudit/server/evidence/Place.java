package io.promptaudit.server.evidence;

import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where an event stands, without what it says.
 *
 * @param index finds its row
 * @param stream the id of what it happened to
 * @param sequence its number in that stream, from 0
 * @param time as it is stored
 */
record Place(long position, long index, String eventId, String stream, long sequence, String type, String time) {
    private static final String PROMPT = "prompt:";

    /** The stream of a prompt. */
    static String ofPrompt(String name) {
        return PROMPT + name;
    }

    /** The prompt's name; null when the stream is of something else. */
    static @Nullable String promptOf(String stream) {
        return stream.startsWith(PROMPT) ? stream.substring(PROMPT.length()) : null;
    }

    /** Whether it happened to nothing that has a history, like a refusal. */
    boolean isAlone() {
        return stream.equals(eventId);
    }

    /** Whether it happened in a period; an event without a time that can be read belongs to every one, so that it is seen. */
    boolean isIn(@Nullable Instant from, @Nullable Instant to) {
        Instant at = at();
        return at == null || ((from == null || !at.isBefore(from)) && (to == null || at.isBefore(to)));
    }

    private @Nullable Instant at() {
        try {
            return Instant.parse(time);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
