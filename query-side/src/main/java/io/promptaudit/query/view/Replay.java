package io.promptaudit.query.view;

import java.util.concurrent.TimeUnit;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;

import io.promptaudit.api.event.TrailEvent;

/** Takes the trail, from its first event, into one generation of a view. Of no more use once a step failed. */
final class Replay implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final View view;
    private final int generation;
    private final BlockingStream<? extends TrackedEventMessage<?>> events;
    private long position;

    Replay(StreamableMessageSource<TrackedEventMessage<?>> source, View view, int generation) {
        this.view = view;
        this.generation = generation;
        this.events = source.openStream(null);
    }

    long position() {
        return position;
    }

    /**
     * Takes in the next events, in the running transaction: up to the target, at most so many.
     *
     * @throws IllegalStateException when the trail ends before the target, or has a gap
     */
    void advance(long target, long most) {
        for (long n = 0; n < most && position < target; n++) {
            var occurrence = next(target);
            if (occurrence.position() != position + 1) {
                throw new IllegalStateException("position %d follows %d".formatted(occurrence.position(), position));
            }
            view.apply(occurrence, generation);
            position = occurrence.position();
        }
    }

    private Occurrence next(long target) {
        try {
            if (!events.hasNextAvailable(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the trail ends at %d, before %d".formatted(position, target));
            }
            var message = events.nextAvailable();
            return Occurrence.of((TrailEvent) message.getPayload(), message, message.trackingToken());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at position " + position, interrupted);
        }
    }

    @Override
    public void close() {
        events.close();
    }
}
