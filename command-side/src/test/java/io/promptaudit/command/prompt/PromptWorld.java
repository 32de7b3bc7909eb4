package io.promptaudit.command.prompt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.Serializer;

import io.promptaudit.api.Caller;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.command.account.SignIns;
import io.promptaudit.command.environment.Policies;
import io.promptaudit.command.trail.Actor;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.TrailDatabase;

/** Prompts in a real Axon configuration: command bus, repository, event store. */
final class PromptWorld implements AutoCloseable {
    static {
        System.setProperty("disable-axoniq-console-message", "true");
    }

    private final TestPolicies policies = new TestPolicies();
    private final TestClock clock = TestClock.ofEvents();
    private final Serializer serializer = TrailDatabase.eventSerializer();
    private final EventStore store;
    private final Configuration axon;

    /** Prompts in memory. */
    static PromptWorld inMemory(boolean cached) {
        return new PromptWorld(
                EmbeddedEventStore.builder().storageEngine(new InMemoryEventStorageEngine()).build(), cached);
    }

    PromptWorld(EventStore store, boolean cached) {
        this.store = store;
        var prompts = AggregateConfigurer.defaultConfiguration(Prompt.class);
        if (cached) {
            prompts.configureCache(c -> new PromptCache(10));
        }
        axon = DefaultConfigurer.defaultConfiguration(false).configureEventStore(c -> store)
                .configureSerializer(c -> TrailDatabase.eventSerializer()).registerComponent(Policies.class, c -> policies)
                .registerComponent(InstantSource.class, c -> clock)
                .registerComponent(PendingSchedules.class, c -> new PendingSchedules(PromptStory.DATABASE.client()))
                .registerComponent(SignIns.class, c -> new TestSignIns())
                .configureCorrelationDataProviders(c -> List
                        .of(new SimpleCorrelationDataProvider(EventMetadata.ACCOUNT, EventMetadata.ON_BEHALF_OF)))
                .configureAggregate(prompts).start();
    }

    TestPolicies policies() {
        return policies;
    }

    TestClock clock() {
        return clock;
    }

    Decided send(Actor actor, PromptCommand command) {
        return send(PromptStory.signedIn(actor, clock.instant()), command);
    }

    /** What the prompt answers; what it throws is what its handler threw. */
    Decided send(Caller caller, PromptCommand command) {
        try {
            return axon.commandGateway()
                    .sendAndWait(GenericCommandMessage.asCommandMessage(command).andMetaData(PromptStory.metadata(caller)));
        } catch (CommandExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Everything that happened to the prompt of {@link PromptStory#NAME}. */
    List<DomainEventMessage<?>> events() {
        var events = new ArrayList<DomainEventMessage<?>>();
        store.readEvents("prompt:" + PromptStory.NAME, 0).forEachRemaining(events::add);
        return events;
    }

    /** A digest of every event as it would be stored. */
    String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (DomainEventMessage<?> event : events()) {
                digest.update(event.getIdentifier().getBytes(StandardCharsets.UTF_8));
                digest.update(serializer.serialize(event.getPayload(), byte[].class).getData());
                digest.update(serializer.serialize(event.getMetaData(), byte[].class).getData());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        axon.shutdown();
        GenericEventMessage.clock = Clock.systemUTC();
    }
}
