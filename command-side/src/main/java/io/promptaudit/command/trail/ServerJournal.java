package io.promptaudit.command.trail;

import java.util.Optional;
import java.util.UUID;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.ServerEvent;

/** Writes what the server itself does, or finds, to streams of its own. */
public final class ServerJournal {
    private final EventStore store;
    private final TransactionManager transactions;
    private final Attribution attribution;
    private final Sequence sequence;

    /** Writes to {@code store}, each event in a transaction of its own. */
    public ServerJournal(EventStore store, TransactionManager transactions, Attribution attribution, Sequence sequence) {
        this.store = store;
        this.transactions = transactions;
        this.attribution = attribution;
        this.sequence = sequence;
    }

    /** @throws TrailUnavailable when nothing can be made durable */
    void requireDurability() {
        sequence.requireDurability();
    }

    /** Everything in the stream, from its first event. */
    DomainEventStream read(String stream) {
        return store.readEvents(stream);
    }

    /** The newest event of the stream, if it has any. */
    Optional<DomainEventMessage<?>> last(String stream) {
        return store.lastSequenceNumberFor(stream).map(number -> store.readEvents(stream, number).next());
    }

    /**
     * Appends the event as number {@code number} of the stream, from 0, as done by the server. Of two that append the same number,
     * one fails.
     *
     * @throws TrailUnavailable when nothing can be recorded
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    void append(String type, String stream, long number, ServerEvent event) {
        sequence.requireAccepting();
        String request = UUID.randomUUID().toString();
        append(type, stream, number, event, ServerAccount.caller(), new RequestContext(request, request, null, null, null));
    }

    /**
     * The same as done by somebody, also while nothing can be sealed.
     *
     * @throws TrailUnavailable when nothing can be made durable
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    Recorded appendUnsealed(String type, String stream, long number, ServerEvent event, Caller caller, RequestContext context) {
        requireDurability();
        return append(type, stream, number, event, caller, context);
    }

    private Recorded append(String type, String stream, long number, ServerEvent event, Caller caller, RequestContext context) {
        var message = new GenericDomainEventMessage<>(type, stream, number, event,
                MetaData.from(attribution.of(caller, context)));
        var unitOfWork = DefaultUnitOfWork.startAndGet(message);
        unitOfWork.attachTransaction(transactions);
        unitOfWork.execute(() -> store.publish(message));
        Sequence.Positioned at = sequence.await(message.getIdentifier());
        return new Recorded(null, null, null, null, null, null, null, message.getIdentifier(), at.position(), at.recordedAt(),
                false, null);
    }
}
