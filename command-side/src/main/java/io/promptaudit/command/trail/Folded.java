package io.promptaudit.command.trail;

import java.util.function.BiFunction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * The state of small aggregates as decisions read it: folded from the event store, remembered, and brought up to date by
 * reading the events after the last one known. So the answer is never older than the store, on any node, and costs one
 * indexed look-up.
 *
 * @param <S> an immutable state
 */
public final class Folded<S> {
    private final EventStore store;
    private final S nothing;
    private final BiFunction<S, DomainEventMessage<?>, S> fold;
    private final Cache<String, Known<S>> known = Caffeine.newBuilder().maximumSize(10_000).build();

    private record Known<S>(S state, long next) {}

    /**
     * @param nothing the state of an aggregate without events
     * @param fold the state after one more event
     */
    public Folded(EventStore store, S nothing, BiFunction<S, DomainEventMessage<?>, S> fold) {
        this.store = store;
        this.nothing = nothing;
        this.fold = fold;
    }

    /** The state after every event committed so far. Call it in the transaction, and under the lock, of what it decides. */
    public S current(String aggregate) {
        @Nullable
        Known<S> before = known.getIfPresent(aggregate);
        S state = before == null ? nothing : before.state();
        long next = before == null ? 0 : before.next();
        var events = store.readEvents(aggregate, next);
        long read = next;
        while (events.hasNext()) {
            DomainEventMessage<?> event = events.next();
            state = fold.apply(state, event);
            read = event.getSequenceNumber() + 1;
        }
        if (read > next) {
            known.put(aggregate, new Known<>(state, read));
        }
        return state;
    }
}
