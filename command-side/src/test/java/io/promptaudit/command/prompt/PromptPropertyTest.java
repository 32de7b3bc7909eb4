package io.promptaudit.command.prompt;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.command.trail.Actor;
import io.promptaudit.command.trail.Decided;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever anybody asks in whatever order: a prompt decides as the {@link ReferenceModel} does, with and without its cache. */
class PromptPropertyTest {
    private static final long SEED = Long.getLong("seed", 20261121L);
    private static final int SEQUENCES = 400;
    private static final int COMMANDS = 70;

    private final Set<Class<?>> happened = new HashSet<>();
    private final Set<Rule> refused = EnumSet.noneOf(Rule.class);

    @Test
    void decidesAsTheReferenceModel() {
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            run(SEED + sequence, sequence % 2 == 0);
        }
        // A run that never comes to some event or rule says nothing about it.
        assertThat(happened).containsExactlyInAnyOrder(PromptEvent.class.getPermittedSubclasses());
        assertThat(refused).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Rule.MISSING_GRANT,
                Rule.ACCOUNT_EXISTS, Rule.ACCOUNT_ERASED, Rule.LAST_ADMIN, Rule.PROPOSER_MAY_NOT_CONFIRM, Rule.PERSON_MUST_ACT,
                Rule.STALE_CHANGE, Rule.CHANGE_SETTLED)));
    }

    private void run(long seed, boolean cached) {
        var random = new Random(seed);
        var commands = new RandomCommands(random);
        var model = new ReferenceModel();
        try (var world = PromptWorld.inMemory(cached)) {
            for (int i = 0; i < COMMANDS; i++) {
                if (random.nextInt(6) == 0) {
                    world.policies().set(commands.environment(), commands.policy());
                }
                PromptCommand command = commands.command(model);
                Actor actor = commands.actor(command);
                String what = "seed %d, command %d: %s asks %s".formatted(seed, i, actor, command);
                List<DomainEventMessage<?>> before = world.events();
                boolean skipped = model.isOver(command);
                boolean allowed = !skipped && model.allows(actor, command, world.policies());
                Decided decided = decide(world, actor, command);
                assertThat(decided != null).as(what).isEqualTo(allowed || skipped);
                if (decided == null || decided.eventId() == null) {
                    assertThat(world.events()).as(what).hasSameSizeAs(before);
                    continue;
                }
                assertThat(skipped).as(what).isFalse();
                model.happened(decided.eventId(), actor, command, world.policies());
                List<DomainEventMessage<?>> after = world.events();
                assertThat(after).as(what).hasSize(before.size() + 1);
                happened.add(after.getLast().getPayloadType());
                assertThat(after.getLast().getIdentifier()).as(what).isEqualTo(decided.eventId());
                assertThat(versions(after)).as(what).isEqualTo(model.versions());
                for (String environment : world.policies().all().keySet()) {
                    var expected = model.active(environment);
                    assertThat(active(after, environment)).as(what)
                            .isEqualTo(expected == null ? null : new ActiveDeployment(expected.version(), expected.event()));
                }
            }
        }
    }

    private @Nullable Decided decide(PromptWorld world, Actor actor, PromptCommand command) {
        try {
            return world.send(actor, command);
        } catch (CommandRejected rejected) {
            refused.add(rejected.rule());
            return null;
        } catch (UnknownThing | AggregateNotFoundException unknown) {
            return null;
        }
    }

    /** How many versions the events count, which must be 1, 2, 3 and so on. */
    private static int versions(List<DomainEventMessage<?>> events) {
        int latest = 0;
        for (DomainEventMessage<?> message : events) {
            Integer made = switch ((PromptEvent) message.getPayload()) {
                case PromptCreated _ -> Integer.valueOf(1);
                case PromptEdited e -> Integer.valueOf(e.version());
                case VersionImported e -> Integer.valueOf(e.version());
                default -> null;
            };
            if (made != null) {
                assertThat(made).isEqualTo(latest + 1);
                latest = made;
            }
        }
        return latest;
    }

    private static @Nullable ActiveDeployment active(List<DomainEventMessage<?>> events, String environment) {
        ActiveDeployment active = null;
        for (DomainEventMessage<?> message : events) {
            if (message.getPayload() instanceof PromptDeployed e && e.environment().equals(environment)) {
                active = new ActiveDeployment(e.version(), message.getIdentifier());
            } else if (message.getPayload() instanceof PromptRolledBack e && e.environment().equals(environment)) {
                active = new ActiveDeployment(e.version(), message.getIdentifier());
            } else if (message.getPayload() instanceof PromptWithdrawn e && e.environment().equals(environment)) {
                active = null;
            }
        }
        return active;
    }
}
