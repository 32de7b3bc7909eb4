package io.promptaudit.api.query;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Stored events in ascending order.
 *
 * @param cursor what to send for the next page, or null when these are the last. A page of very long events may hold fewer
 *     than asked for and still not be the last.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredEventPage(List<StoredEvent> items, @Nullable String cursor) {
    /** Keeps its own copy of the list. */
    public StoredEventPage {
        items = List.copyOf(items);
    }
}
