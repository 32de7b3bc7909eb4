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

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever anybody asks in whatever order, by themselves, by a key or through others, and whatever the policies say then. */
class PromptPropertyTest {
    private static final long SEED = Long.getLong("promptaudit.seed", new Random().nextLong());
    private static final int SEQUENCES = 300;
    private static final int COMMANDS = 70;
    /** Not a prompt's own: of permission, and of accounts. */
    private static final Set<Rule> OF_OTHERS = EnumSet.of(Rule.MISSING_GRANT, Rule.ACCOUNT_EXISTS, Rule.ACCOUNT_ERASED,
            Rule.LAST_ADMIN, Rule.SECOND_ADMIN_REQUIRED, Rule.PROPOSER_MAY_NOT_CONFIRM, Rule.PERSON_MUST_ACT, Rule.STALE_CHANGE,
            Rule.CHANGE_SETTLED,
            Rule.ACCOUNT_LOCKED, Rule.ALREADY_LOCKED, Rule.NOT_LOCKED, Rule.ACCOUNT_CLOSED, Rule.NOT_A_DELEGATE,
            Rule.IDENTITY_TAKEN, Rule.KEY_ENDED, Rule.TOO_MANY_KEYS);
    /** What stands before the rules of a release are asked. */
    private static final Set<Rule> BEFORE = EnumSet.of(Rule.ARCHIVED, Rule.ALREADY_ACTIVE);

    private final Set<Class<?>> happened = new HashSet<>();
    private final Set<Rule> refused = EnumSet.noneOf(Rule.class);

    /** What became of a command: at most one of them is there. */
    private record Outcome(@Nullable DomainEventMessage<?> event, @Nullable Rule rule) {}

    @Test
    void nothingUnreleasedIsEverActiveAndNothingRefusedChangesAnything() {
        for (int sequence = 0; sequence < SEQUENCES; sequence++) {
            run(SEED + sequence, sequence % 2 == 0);
        }
        // A run that never comes to some event or rule says nothing about it.
        assertThat(happened).containsExactlyInAnyOrder(PromptEvent.class.getPermittedSubclasses());
        assertThat(refused).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(OF_OTHERS)));
    }

    private void run(long seed, boolean cached) {
        var random = new Random(seed);
        var commands = new RandomCommands(random);
        var released = new HashSet<String>();
        try (var world = PromptWorld.inMemory(cached)) {
            for (int i = 0; i < COMMANDS; i++) {
                world.clock().pass(commands.minutes(20));
                if (random.nextInt(6) == 0) {
                    world.policies().set(commands.environment(), commands.policy(world.clock().instant()));
                }
                var before = new ReferenceModel(world.events());
                PromptCommand command = commands.command(before, world.clock().instant());
                Caller caller = commands.caller(command, world.clock().instant());
                String what = "seed %d, command %d: %s asks %s".formatted(seed, i, caller, command);
                String digest = world.digest();
                Outcome outcome = outcome(world, caller, command);
                if (outcome.event() == null) {
                    assertThat(world.digest()).as(what).isEqualTo(digest);
                }
                check(what, before, world, caller, command, outcome, released);
                for (String environment : List.of(STAGING, PRODUCTION)) {
                    assertThat(released).as("%s: what is active in %s", what, environment)
                            .containsAll(active(world.events(), environment));
                }
            }
        }
    }

    private static void check(String what, ReferenceModel before, PromptWorld world, Caller caller, PromptCommand command,
            Outcome outcome, Set<String> released) {
        var now = world.clock().instant();
        String person = new Actor(caller.account(), caller.onBehalfOf()).person();
        boolean done = outcome.event() != null;
        boolean judged = done || (outcome.rule() != null && !BEFORE.contains(outcome.rule()));
        if (command instanceof DeployPrompt c && judged) {
            var policy = world.policies().of(c.environment()).orElseThrow().policy();
            assertThat(done).as(what).isEqualTo(before.mayGoLive(c, person, now, policy));
        }
        if (command instanceof ExecuteSchedule && outcome.event() != null
                && outcome.event().getPayload() instanceof PromptDeployed e) {
            var policy = world.policies().of(e.environment()).orElseThrow().policy();
            var deployment = new DeployPrompt(e.prompt(), e.version(), e.environment(), e.reason(), e.ticket(), false);
            assertThat(before.mayGoLive(deployment, person, now, policy)).as(what).isTrue();
        }
        if (command instanceof ApprovePrompt c && judged && outcome.rule() != Rule.ALREADY_APPROVED) {
            assertThat(done).as(what).isEqualTo(before.couldCount(caller, person, c.version(), now, world.policies()));
        }
        if (outcome.event() != null && outcome.event().getPayload() instanceof PromptDeployed) {
            released.add(outcome.event().getIdentifier());
        }
        if (outcome.event() != null && outcome.event().getPayload() instanceof PromptRolledBack e) {
            assertThat(before.all(PromptDeployed.class).filter(before::isProper)).as(what)
                    .anyMatch(release -> release.id().equals(e.restores()) && release.event().version() == e.version()
                            && release.event().environment().equals(e.environment()));
        }
    }

    private Outcome outcome(PromptWorld world, Caller caller, PromptCommand command) {
        try {
            String event = world.send(caller, command).eventId();
            if (event == null) {
                return new Outcome(null, null);
            }
            DomainEventMessage<?> message = world.events().getLast();
            assertThat(message.getIdentifier()).isEqualTo(event);
            happened.add(message.getPayloadType());
            return new Outcome(message, null);
        } catch (CommandRejected rejected) {
            refused.add(rejected.rule());
            return new Outcome(null, rejected.rule());
        } catch (UnknownThing | AggregateNotFoundException unknown) {
            return new Outcome(null, null);
        }
    }

    /** The deployment that made active what is: one, or none. */
    private static Set<String> active(List<DomainEventMessage<?>> events, String environment) {
        Set<String> active = Set.of();
        for (DomainEventMessage<?> message : events) {
            active = switch (message.getPayload()) {
                case PromptDeployed e when e.environment().equals(environment) -> Set.of(message.getIdentifier());
                case PromptRolledBack e when e.environment().equals(environment) -> Set.of(e.restores());
                case PromptWithdrawn e when e.environment().equals(environment) -> Set.of();
                default -> active;
            };
        }
        return active;
    }
}
