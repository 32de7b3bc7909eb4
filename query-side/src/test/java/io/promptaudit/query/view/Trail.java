package io.promptaudit.query.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.event.TrailEvent;

/** A trail in memory: what the sequence is in the server. Positions begin at 1. */
public final class Trail implements StreamableMessageSource<TrackedEventMessage<?>> {
    /** The time of the first event. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<TrackedEventMessage<TrailEvent>> events = new ArrayList<>();
    private Instant clock = START;

    /** Appends what an account did, a second after the last event, and answers the position. */
    public synchronized long append(String account, TrailEvent event) {
        return append(account, event, clock.plus(Duration.ofSeconds(1)));
    }

    /** Appends what an account did for a person, a second after the last event. */
    synchronized long append(String account, String person, TrailEvent event) {
        return append(account, person, event, clock.plus(Duration.ofSeconds(1)));
    }

    /** Appends what an account did then. */
    public synchronized long append(String account, TrailEvent event, Instant at) {
        return append(account, null, event, at);
    }

    /** Appends what an account did then, for a person unless that is null. */
    synchronized long append(String account, @Nullable String person, TrailEvent event, Instant at) {
        long position = events.size() + 1L;
        var metadata = MetaData.from(Map.of(EventMetadata.ACCOUNT, account, EventMetadata.KIND, "person",
                EventMetadata.ROLES, "editor", EventMetadata.CREDENTIAL, "password", EventMetadata.REQUEST_ID,
                "request-" + position, EventMetadata.TRACE_ID, "trace-" + position, EventMetadata.PERSONAL,
                "sealed:" + account))
                .mergedWith(person == null ? Map.of() : Map.of(EventMetadata.ON_BEHALF_OF, person));
        clock = at;
        events.add(new GenericTrackedDomainEventMessage<>(new GlobalSequenceTrackingToken(position),
                new GenericDomainEventMessage<>("test", "test", position, event, metadata, id(position), at)));
        notifyAll();
        return position;
    }

    /** The id of the event at a position. */
    public static String id(long position) {
        return "event-" + position;
    }

    /** The time of the last event. */
    public synchronized Instant now() {
        return clock;
    }

    /** The last position. */
    public synchronized long end() {
        return events.size();
    }

    /** The events after a position, at most so many. */
    synchronized List<TrackedEventMessage<TrailEvent>> after(long position, int most) {
        return List.copyOf(events.subList((int) position, (int) Math.min(events.size(), position + most)));
    }

    private synchronized @Nullable TrackedEventMessage<TrailEvent> at(long position, long patienceMillis)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        while (events.size() < position) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            wait(left);
        }
        return events.get((int) position - 1);
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return new Reader(token == null ? 0 : ((GlobalSequenceTrackingToken) token).getGlobalIndex());
    }

    private final class Reader implements BlockingStream<TrackedEventMessage<?>> {
        private long position;

        Reader(long position) {
            this.position = position;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            try {
                return Optional.ofNullable(at(position + 1, 0));
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return at(position + 1, unit.toMillis(timeout)) != null;
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            var event = at(position + 1, Long.MAX_VALUE / 2_000_000);
            if (event == null) {
                throw new IllegalStateException("no event");
            }
            position++;
            return event;
        }

        @Override
        public void close() {}
    }
}
