package io.promptaudit.query.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.event.TrailEvent;

/** Recorded and sequenced events in memory, streamed by position as the server's message source does. */
public final class InMemoryTrail implements StreamableMessageSource<TrackedEventMessage<?>> {
    private final List<TrackedEventMessage<?>> events = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Records the event at the next position; answers it. */
    public long add(TrailEvent event) {
        return add(event, Map.of());
    }

    /** The same for what was done for a person. */
    long add(TrailEvent event, String person) {
        return add(event, Map.of(EventMetadata.ON_BEHALF_OF, person));
    }

    private synchronized long add(TrailEvent event, Map<String, String> more) {
        long position = events.size() + 1L;
        var message = new GenericEventMessage<>(
                new GenericMessage<>("event-" + position, (Object) event,
                        MetaData.with(EventMetadata.ACCOUNT, "ada").mergedWith(more)),
                () -> Instant.parse("2026-03-01T12:00:00Z").plusSeconds(position));
        events.add(new GenericTrackedEventMessage<>(new GlobalSequenceTrackingToken(position), message));
        notifyAll();
        return position;
    }

    /** How many streams nobody has closed. */
    public int open() {
        return open.get();
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        open.incrementAndGet();
        return new Stream(token == null ? 0 : token.position().orElseThrow());
    }

    private synchronized boolean await(long position, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; events.size() <= position && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return events.size() > position;
    }

    private synchronized TrackedEventMessage<?> at(long position) {
        return events.get(Math.toIntExact(position));
    }

    private final class Stream implements BlockingStream<TrackedEventMessage<?>> {
        private long next;
        private boolean closed;

        private Stream(long after) {
            next = after;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return hasNextAvailable() ? Optional.of(at(next)) : Optional.empty();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return await(next, unit.toNanos(timeout));
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
                // Waits on.
            }
            return at(next++);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }
}
