package io.promptaudit.command.environment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.command.trail.Folded;

/** The policies in force, folded from the event store. */
public final class StoredPolicies implements Policies {
    private final Folded<Optional<PolicyInForce>> policies;
    private final EnvironmentNames names;

    /** Reads policies from {@code store}; {@code names} says which environments there are. */
    public StoredPolicies(EventStore store, EnvironmentNames names) {
        this.policies = new Folded<>(store, Optional.empty(), StoredPolicies::after);
        this.names = names;
    }

    @Override
    public Optional<PolicyInForce> of(String environment) {
        return policies.current("environment:" + environment);
    }

    @Override
    public Map<String, PolicyInForce> all() {
        var all = new LinkedHashMap<String, PolicyInForce>();
        for (String name : names.all()) {
            of(name).ifPresent(inForce -> all.put(name, inForce));
        }
        return all;
    }

    private static Optional<PolicyInForce> after(Optional<PolicyInForce> before, DomainEventMessage<?> message) {
        return switch ((EnvironmentEvent) message.getPayload()) {
            case ReleasePolicyChanged e -> Optional.of(new PolicyInForce(e.policy(), e.revision()));
            case PolicyChangeProposed _,PolicyChangeDeclined _ -> before;
        };
    }
}
