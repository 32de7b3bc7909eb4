package io.promptaudit.query.feed;

import java.util.List;

/**
 * Recorded events in order.
 *
 * @param next send it as {@code after} to go on. A page may have no items and still move on, when the caller sees none of
 *     the events that were looked through; there is nothing more for now when {@code next} is what was sent.
 */
public record FeedPage(List<CloudEvent> items, long next) {
    /** Keeps its own copy of the list. */
    public FeedPage {
        items = List.copyOf(items);
    }
}
