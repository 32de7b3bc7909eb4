package io.promptaudit.command.trail;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;

import io.promptaudit.api.event.SettingChanged;

/** Puts on record with which settings the server runs, where rules depend on them: configuration is no event by itself. */
public final class Settings {
    private static final String STREAM = "server:settings";

    private final EventStore store;
    private final TransactionManager transactions;
    private final Attribution attribution;
    private final Sequence sequence;

    /** The recorded values, and the number of the next event. */
    private record Recorded(Map<String, String> values, long next) {
        static final Recorded NOTHING = new Recorded(Map.of(), 0);

        Recorded after(DomainEventMessage<?> message) {
            var event = (SettingChanged) message.getPayload();
            var changed = new HashMap<>(values);
            changed.put(event.setting(), event.value());
            return new Recorded(Map.copyOf(changed), message.getSequenceNumber() + 1);
        }
    }

    /** Writes to {@code store}, each time in a transaction of its own. */
    public Settings(EventStore store, TransactionManager transactions, Attribution attribution, Sequence sequence) {
        this.store = store;
        this.transactions = transactions;
        this.attribution = attribution;
        this.sequence = sequence;
    }

    /**
     * Records the value that a setting has now, as done by the server, unless it is the one recorded last. What was never recorded
     * counts as usual.
     *
     * @throws TrailUnavailable when nothing can be recorded
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    public void record(String setting, String value, String usual) {
        Recorded before = Recorded.NOTHING;
        var events = store.readEvents(STREAM);
        while (events.hasNext()) {
            before = before.after(events.next());
        }
        if (value.equals(before.values().getOrDefault(setting, usual))) {
            return;
        }
        sequence.requireAccepting();
        String request = UUID.randomUUID().toString();
        var message = new GenericDomainEventMessage<>("Settings", STREAM, before.next(), new SettingChanged(setting, value),
                MetaData.from(attribution.of(ServerAccount.caller(), new RequestContext(request, request, null, null, null))));
        var unitOfWork = DefaultUnitOfWork.startAndGet(message);
        unitOfWork.attachTransaction(transactions);
        unitOfWork.execute(() -> store.publish(message));
        sequence.await(message.getIdentifier());
    }
}
