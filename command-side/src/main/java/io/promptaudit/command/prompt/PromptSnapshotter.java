package io.promptaudit.command.prompt;

import java.util.concurrent.Executor;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.AbstractSnapshotter;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.event.PromptEvent;

/** Writes what a prompt remembers as a sealed {@link PromptSnapshot}, beside the commands, never in their way. */
public final class PromptSnapshotter extends AbstractSnapshotter {
    private final SnapshotSeal seal;

    /** Takes snapshots of the prompts in {@code store}, on {@code executor}. */
    public PromptSnapshotter(EventStore store, TransactionManager transactions, Executor executor, SnapshotSeal seal) {
        super(new SnapshotterBuilder().eventStore(store).transactionManager(transactions).executor(executor));
        this.seal = seal;
    }

    private static final class SnapshotterBuilder extends Builder {}

    @Override
    protected @Nullable DomainEventMessage<?> createSnapshot(Class<?> type, String aggregate, DomainEventStream events) {
        PromptFacts facts = new PromptFacts();
        @Nullable
        DomainEventMessage<?> last = null;
        while (events.hasNext()) {
            last = events.next();
            switch (last.getPayload()) {
                case PromptSnapshot snapshot -> facts = snapshot.facts();
                case PromptEvent event -> facts.apply(event, last);
                default -> throw new IllegalStateException("no prompt has an event " + last.getPayloadType());
            }
        }
        if (last == null) {
            return null;
        }
        PromptSnapshot snapshot = seal.seal(aggregate, last.getSequenceNumber(), PromptSnapshot.unsealed(facts));
        return new GenericDomainEventMessage<>(last.getType(), aggregate, last.getSequenceNumber(), snapshot);
    }
}
