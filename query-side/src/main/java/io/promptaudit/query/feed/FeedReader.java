package io.promptaudit.query.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.TrailEvent;

/** A place in the feed that moves on as it is read. For one thread at a time. */
public final class FeedReader implements AutoCloseable {
    /** How many events are looked through for one page: whoever sees few of very many must not wait for all of them. */
    public static final int MOST_LOOKED_THROUGH = 2_000;

    private final BlockingStream<TrackedEventMessage<?>> stream;
    private long position;

    FeedReader(BlockingStream<TrackedEventMessage<?>> stream, long after) {
        this.stream = stream;
        this.position = after;
    }

    /** Waits until another event is there, whoever sees it, or the time is over; answers whether one is. */
    public boolean await(Duration atMost) throws InterruptedException {
        return stream.hasNextAvailable(Math.toIntExact(atMost.toMillis()), TimeUnit.MILLISECONDS);
    }

    /**
     * The events that are there now and that the caller sees.
     *
     * @param limit how many at most
     * @throws IllegalStateException when the store holds an event that this version does not know: better no answer than
     *     one that leaves something out
     */
    public FeedPage read(Caller caller, int limit) throws InterruptedException {
        var items = new ArrayList<CloudEvent>();
        for (int looked = 0; looked < MOST_LOOKED_THROUGH && items.size() < limit; looked++) {
            if (!stream.hasNextAvailable(0, TimeUnit.MILLISECONDS)) {
                break;
            }
            TrackedEventMessage<?> message = stream.nextAvailable();
            long place = message.trackingToken().position().orElseThrow();
            if (!(message.getPayload() instanceof TrailEvent event)) {
                throw new IllegalStateException("the event at position %d is unknown here".formatted(place));
            }
            if (Visibility.of(event, caller)) {
                items.add(PublicEvents.of(event, message, place));
            }
            position = place;
        }
        return new FeedPage(items, position);
    }

    @Override
    public void close() {
        stream.close();
    }
}
