package io.promptaudit.query.feed;

import java.time.Duration;

import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.query.view.ViewBehind;

/** Everything recorded, in the one order, as far as a caller sees it. */
public final class Feed {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final StreamableMessageSource<TrackedEventMessage<?>> source;

    /**
     * @param source streams events by position: a stream opened with {@link GlobalSequenceTrackingToken} {@code n} begins
     *     with position n + 1, and says at once whether a recorded event follows
     */
    public Feed(StreamableMessageSource<TrackedEventMessage<?>> source) {
        this.source = source;
    }

    /**
     * The events that are there now.
     *
     * @param after the position before the first; one beyond the end is allowed
     * @param limit how many at most
     */
    public FeedPage page(Caller caller, long after, int limit) {
        try (FeedReader reader = open(after)) {
            return reader.read(caller, limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the feed", e);
        }
    }

    /**
     * Returns once the event at this position is there.
     *
     * @param position null asks for nothing
     * @throws ViewBehind when it still is not after two seconds
     */
    public void await(@Nullable Long position) {
        if (position == null || position == 0) {
            return;
        }
        try (FeedReader reader = open(position - 1)) {
            if (!reader.await(PATIENCE)) {
                throw new ViewBehind("events", position);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the feed", e);
        }
    }

    /** Reads on from a position, for as long as wanted. To be closed. */
    public FeedReader open(long after) {
        return new FeedReader(source.openStream(new GlobalSequenceTrackingToken(after)), after);
    }
}
