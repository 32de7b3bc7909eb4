package io.promptaudit.command.prompt;

import java.util.List;
import java.util.Random;
import javax.crypto.spec.SecretKeySpec;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.command.trail.TrailDatabase;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Snapshots that were written and read again decide as the whole history does, wherever they are taken. */
class SnapshotTest {
    private static final long SEED = Long.getLong("promptaudit.seed", new Random().nextLong());
    private static final int HISTORIES = 60;
    private static final int COMMANDS = 60;
    private static final String ID = "prompt:" + PromptStory.NAME;

    private final Serializer serializer = TrailDatabase.eventSerializer();
    private final SnapshotSeal seal = new SnapshotSeal(new SecretKeySpec(new byte[32], "HmacSHA256"), serializer);
    private final PromptSnapshotter snapshotter = new PromptSnapshotter(
            EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build(),
            NoTransactionManager.instance(), Runnable::run, seal);

    @Test
    void withTheTailIsTheWholeHistoryAtEverySequenceNumber() {
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            List<DomainEventMessage<?>> events = history(seed);
            PromptFacts whole = facts(null, events);
            @Nullable
            DomainEventMessage<?> chained = null;
            for (int taken = 1; taken <= events.size(); taken++) {
                String where = "seed %d, snapshot after %d of %d events".formatted(seed, taken, events.size());
                DomainEventMessage<?> snapshot = stored(DomainEventStream.of(events.subList(0, taken)));
                assertSame(facts(snapshot, events.subList(taken, events.size())), whole, where);
                // The next one is made of the one before and what came after, not of the whole history.
                chained = stored(chained == null
                        ? DomainEventStream.of(events.subList(0, taken))
                        : DomainEventStream.of(List.of(chained, events.get(taken - 1))));
                assertSame(facts(chained, events.subList(taken, events.size())), whole, where + ", chained");
            }
        }
    }

    /** Taken, sealed, written, read and found genuine. */
    private DomainEventMessage<?> stored(DomainEventStream from) {
        DomainEventMessage<?> snapshot = requireNonNull(snapshotter.createSnapshot(Prompt.class, ID, from));
        var stored = new StoredSnapshot(snapshot, serializer);
        assertThat(seal.test(stored)).isTrue();
        return new GenericDomainEventMessage<>("Prompt", ID, snapshot.getSequenceNumber(),
                serializer.deserialize(stored.getPayload()));
    }

    private static PromptFacts facts(@Nullable DomainEventMessage<?> snapshot, List<DomainEventMessage<?>> tail) {
        PromptFacts facts = snapshot == null ? new PromptFacts() : ((PromptSnapshot) snapshot.getPayload()).facts();
        tail.forEach(event -> facts.apply((PromptEvent) event.getPayload(), event));
        return facts;
    }

    private static void assertSame(PromptFacts one, PromptFacts other, String where) {
        assertThat(one).as(where).usingRecursiveComparison().isEqualTo(other);
    }

    private static List<DomainEventMessage<?>> history(long seed) {
        var random = new Random(seed);
        var commands = new RandomCommands(random);
        try (var world = PromptWorld.inMemory(true)) {
            for (int i = 0; i < COMMANDS; i++) {
                world.clock().pass(commands.minutes(20));
                if (random.nextInt(6) == 0) {
                    world.policies().set(commands.environment(), commands.policy(world.clock().instant()));
                }
                var now = world.clock().instant();
                var command = commands.command(new ReferenceModel(world.events()), now);
                try {
                    world.send(commands.caller(command, now), command);
                } catch (CommandRejected | UnknownThing | AggregateNotFoundException refused) {
                    // Refusals belong to the story, but make no history.
                }
            }
            return world.events();
        }
    }
}
