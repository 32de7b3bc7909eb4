package io.promptaudit.server.evidence;

import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.query.store.RecordedEvent;
import io.promptaudit.query.view.Occurrence;

/**
 * An event as far as it can be read.
 *
 * @param when what happened; null when the stored bytes are no event that this version knows
 * @param line the line of the readable trail, with the name of who acted unless it was erased; null likewise
 */
record ReadEvent(Place place, @Nullable Occurrence when, @Nullable AuditEntry line) {

    /** Whether somebody was refused something on this prompt. */
    boolean isRefusalOf(String prompt) {
        return when != null && when.event() instanceof CommandRefused refused && prompt.equals(refused.prompt());
    }

    /** The accounts that acted, and were acted for. */
    Stream<String> actors() {
        return when == null
                ? Stream.of()
                : Stream.of(when.actor().account(), when.actor().onBehalfOf()).filter(Objects::nonNull);
    }

    /** The event of a prompt; null when it is none, or cannot be read. */
    @Nullable
    RecordedEvent ofPrompt() {
        return when != null && when.event() instanceof PromptEvent event
                ? new RecordedEvent(event, place.sequence(), when)
                : null;
    }
}
