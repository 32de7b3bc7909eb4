package io.promptaudit.command.environment;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.command.trail.Decided;

/** Owns one environment's release policy: always whole, its revisions counted from 1. */
@Aggregate(type = "Environment")
public final class Environment {
    /** {@code environment:<name>}; read by Axon. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable")
    private String id;
    private long revision;
    private String latestEvent = "";

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decided handle(ChangePolicy c, EnvironmentNames names) {
        if (revision == 0) {
            names.add(c.environment());
        }
        AggregateLifecycle.apply(new ReleasePolicyChanged(c.environment(), revision + 1, c.policy(), c.reason()));
        return new Decided(latestEvent, null, revision);
    }

    @EventSourcingHandler
    private void on(EnvironmentEvent event, EventMessage<?> message) {
        latestEvent = message.getIdentifier();
        switch (event) {
            case ReleasePolicyChanged e -> {
                id = "environment:" + e.environment();
                revision = e.revision();
            }
        }
    }

    /** For Axon, which rebuilds the environment from its events. */
    @SuppressWarnings("NullAway.Init")
    Environment() {}
}
