package io.promptaudit.command.prompt;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

import org.axonframework.modelling.command.AggregateNotFoundException;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** The verifier, which knows the rules by itself, and the prompts that decide by them come to the same, whatever anybody asks. */
class DecidedAgainTest {
    private static final long SEED = Long.getLong("promptaudit.seed", new Random().nextLong());
    private static final int SEQUENCES = 100;
    /** Some forgeries need what seldom happens. */
    private static final int MOST = 1000;
    private static final int COMMANDS = 70;

    private final Set<Class<?>> happened = new HashSet<>();
    private final Set<String> forged = new HashSet<>();

    @Test
    void whatIsLetThroughIsLetThroughAgainAndNoForgeryIs() {
        for (int sequence = 0; sequence < SEQUENCES || (sequence < MOST && !cameToAll()); sequence++) {
            long seed = SEED + sequence;
            StoredTrail trail = trail(new Random(seed));
            Findings findings = StoredTrail.decidedAgain(trail.events());
            assertThat(findings.first()).as("seed %d", seed).isEmpty();
            forge(seed, trail);
        }
        // A run that never comes to some event or forgery says nothing about it.
        assertThat(happened).containsExactlyInAnyOrder(PromptEvent.class.getPermittedSubclasses());
        assertThat(forged).containsExactlyInAnyOrderElementsOf(Forgeries.all().keySet());
    }

    private boolean cameToAll() {
        return happened.size() == PromptEvent.class.getPermittedSubclasses().length && forged.equals(Forgeries.all().keySet());
    }

    private void forge(long seed, StoredTrail trail) {
        for (Map.Entry<String, Predicate<Forgeries>> forgery : Forgeries.all().entrySet()) {
            List<StoredTrail.Told> events = trail.events();
            if (Forgeries.forge(forgery.getValue(), events, new Random(seed))) {
                forged.add(forgery.getKey());
                Findings findings = StoredTrail.decidedAgain(events);
                assertThat(findings.verdict()).as("seed %d, %s", seed, forgery.getKey()).isEqualTo(Verdict.CONTRADICTED);
            }
        }
    }

    private StoredTrail trail(Random random) {
        var commands = new RandomCommands(random);
        var trail = new StoredTrail();
        try (var world = PromptWorld.inMemory(true)) {
            world.policies().all().forEach((name, inForce) -> trail.policy(name, inForce.policy(), world.clock().instant()));
            for (int i = 0; i < COMMANDS; i++) {
                world.clock().pass(commands.minutes(20));
                if (random.nextInt(6) == 0) {
                    String environment = commands.environment();
                    var policy = commands.policy(world.clock().instant());
                    world.policies().set(environment, policy);
                    trail.policy(environment, policy, world.clock().instant());
                }
                PromptCommand command = commands.command(new ReferenceModel(world.events()), world.clock().instant());
                Caller caller = commands.caller(command, world.clock().instant());
                if (happens(world, caller, command)) {
                    trail.caller(caller, world.clock().instant());
                    var message = world.events().getLast();
                    happened.add(message.getPayloadType());
                    trail.happened(message, caller);
                }
            }
        }
        return trail;
    }

    private static boolean happens(PromptWorld world, Caller caller, PromptCommand command) {
        try {
            return world.send(caller, command).eventId() != null;
        } catch (CommandRejected | UnknownThing | AggregateNotFoundException refused) {
            return false;
        }
    }
}
