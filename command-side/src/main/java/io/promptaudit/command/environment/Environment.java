package io.promptaudit.command.environment;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.command.change.FourEyes;
import io.promptaudit.command.change.Proposals;
import io.promptaudit.command.trail.Decided;

/** Owns one environment's release policy: always whole, its revisions counted from 1. */
@Aggregate(type = "Environment")
public final class Environment {
    /** {@code environment:<name>}; read by Axon. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable")
    private String id;
    private final Proposals<PolicyChangeProposed> proposals = new Proposals<>();
    private String latestEvent = "";

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decided handle(ChangePolicy c, EnvironmentNames names, FourEyes fourEyes, MetaData by) {
        if (fourEyes.holdsBack(by)) {
            AggregateLifecycle.apply(new PolicyChangeProposed(c.environment(), proposals.revision(), c.policy(), c.reason()));
            return Decided.proposed(latestEvent);
        }
        return changed(new ReleasePolicyChanged(c.environment(), proposals.revision() + 1, c.policy(), c.reason()), names);
    }

    /**
     * Puts a proposed policy in force.
     *
     * @throws io.promptaudit.api.CommandRejected when this caller may not confirm it, or it waits no longer
     * @throws io.promptaudit.api.UnknownThing when no such policy was proposed here
     */
    public Decided confirm(ConfirmChange c, EnvironmentNames names, MetaData by) {
        var confirmed = proposals.confirmable(c.change(), by);
        PolicyChangeProposed e = confirmed.what();
        return changed(new ReleasePolicyChanged(e.environment(), proposals.revision() + 1, e.policy(), e.reason(), c.change(),
                confirmed.proposer(), c.comment()), names);
    }

    /**
     * Sees to it that a proposed policy will never be in force.
     *
     * @throws io.promptaudit.api.CommandRejected when it waits no longer
     * @throws io.promptaudit.api.UnknownThing when no such policy was proposed here
     */
    public Decided decline(DeclineChange c) {
        var declined = proposals.pending(c.change());
        AggregateLifecycle.apply(new PolicyChangeDeclined(declined.what().environment(), c.change(), declined.proposer(),
                c.reason()));
        return Decided.event(latestEvent);
    }

    private Decided changed(ReleasePolicyChanged event, EnvironmentNames names) {
        if (event.revision() == 1) {
            names.add(event.environment());
        }
        AggregateLifecycle.apply(event);
        return new Decided(latestEvent, null, event.revision());
    }

    @EventSourcingHandler
    private void on(EnvironmentEvent event, EventMessage<?> message) {
        id = "environment:" + event.environment();
        latestEvent = message.getIdentifier();
        switch (event) {
            case ReleasePolicyChanged e -> proposals.changed(e.confirms());
            case PolicyChangeProposed e -> proposals.proposed(message, e.basedOn(), e);
            case PolicyChangeDeclined e -> proposals.declined(e.change());
        }
    }

    /** For Axon, which rebuilds the environment from its events. */
    @SuppressWarnings("NullAway.Init")
    Environment() {}
}
