package io.promptaudit.command.trail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.command.trail.DecisionLocks.Wanted;
import io.promptaudit.command.trail.RequestContext.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionLocksTest {
    private static final long SEED = Long.getLong("seed", 20261123L);
    private final DecisionLocks locks = new DecisionLocks();

    /** Whether another thread has to wait for {@code second} while {@code first} is held. */
    private boolean waits(Wanted first, Wanted second) {
        Thread other;
        boolean waiting;
        try (var _ = locks.acquire(first)) {
            other = Thread.ofPlatform().start(() -> locks.acquire(second).close());
            // Either it comes to its end, or it parks on a lock: both happen for sure.
            while (other.getState() != Thread.State.WAITING && other.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            waiting = other.getState() == Thread.State.WAITING;
        }
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return waiting;
    }

    @Nested
    class Locks {
        @Test
        void areSharedByThoseWhoRead() {
            assertThat(waits(new Wanted().shared("a"), new Wanted().shared("a"))).isFalse();
        }

        @Test
        void areAloneForWhoeverChanges() {
            assertThat(waits(new Wanted().exclusive("a"), new Wanted().exclusive("a"))).isTrue();
            assertThat(waits(new Wanted().exclusive("a"), new Wanted().shared("a"))).isTrue();
            assertThat(waits(new Wanted().shared("a"), new Wanted().exclusive("a"))).isTrue();
        }

        @Test
        void ofDifferentThingsHaveNothingToDoWithEachOther() {
            assertThat(waits(new Wanted().exclusive("a"), new Wanted().exclusive("b"))).isFalse();
        }

        @Test
        void areAloneWhenWantedBothWays() {
            assertThat(waits(new Wanted().exclusive("a").shared("a"), new Wanted().shared("a"))).isTrue();
            assertThat(waits(new Wanted().shared("a").exclusive("a"), new Wanted().shared("a"))).isTrue();
        }

        @Test
        void areFreeAgainOnceClosed() {
            locks.acquire(new Wanted().exclusive("a")).close();
            assertThat(waits(new Wanted().shared("b"), new Wanted().exclusive("a"))).isFalse();
        }
    }

    /** The locks that commands take, by what must not happen at the same moment. */
    @Nested
    class CommandsAtTheSameMoment {
        private final Command deploy = new DeployPrompt("p", 1, "production", "ready", null, false);
        private final Command otherDeploy = new DeployPrompt("q", 1, "production", "ready", null, false);
        private final Command freeze = new ChangePolicy("production",
                new ReleasePolicy(1, false, true, List.of(), true, new ReleasePolicy.Freeze("audit week")), "audit");

        private Wanted by(String account, Command command) {
            return CommandGate.wanted(command, new Caller(account, AccountKind.PERSON, null, List.of(), "password"), null);
        }

        private Wanted by(String account, Command command, String key) {
            return CommandGate.wanted(command, new Caller(account, AccountKind.PERSON, null, List.of(), "password"),
                    new Idempotency(key, "00"));
        }

        @Test
        void deployAndFreezeWaitForEachOther() {
            assertThat(waits(by("dan", deploy), by("root", freeze))).isTrue();
            assertThat(waits(by("root", freeze), by("dan", deploy))).isTrue();
        }

        @Test
        void deployAndTheLossOfTheDeployersGrantsWaitForEachOther() {
            Command revoke = new ChangeGrants("dan", List.of());
            assertThat(waits(by("dan", deploy), by("root", revoke))).isTrue();
            assertThat(waits(by("root", revoke), by("dan", deploy))).isTrue();
        }

        @Test
        void deployAndTheDeployersErasureWaitForEachOther() {
            assertThat(waits(by("root", new EraseAccount("dan", "left")), by("dan", deploy))).isTrue();
        }

        @Test
        void twoDeploymentsDoNotWait() {
            assertThat(waits(by("dan", deploy), by("eve", otherDeploy))).isFalse();
            assertThat(waits(by("dan", deploy), by("dan", otherDeploy))).isFalse();
        }

        @Test
        void twoRequestsWithOneKeyWaitForEachOther() {
            assertThat(waits(by("dan", deploy, "k"), by("dan", otherDeploy, "k"))).isTrue();
            assertThat(waits(by("dan", deploy, "k"), by("dan", otherDeploy, "l"))).isFalse();
        }

        /** Whether a change waits for a second admin depends on who is one. */
        @Test
        void aPolicyAndWhoeverBecomesAnAdminWaitForEachOther() {
            for (Command command : List.of(new ChangeGrants("bob", List.of()), new EraseAccount("bob", "left"),
                    new SetPassword("bob", "correct horse battery"),
                    new CreateAccount("bob", "Bob", AccountKind.PERSON, null, null, List.of()))) {
                assertThat(waits(by("ann", freeze), by("cyd", command))).as("%s", command).isTrue();
            }
        }

        @Test
        void twoConfirmationsWaitForEachOtherAndForDeployments() {
            var confirm = new ConfirmChange("e-1", "environment:production", null);
            assertThat(waits(by("ann", confirm), by("bob", confirm))).isTrue();
            assertThat(waits(by("ann", confirm), by("dan", deploy))).isTrue();
            assertThat(waits(by("ann", new ConfirmChange("e-2", "account:dan", null)), by("dan", deploy))).isTrue();
        }

        @Test
        void twoAdminsWhoLeaveWaitForEachOther() {
            assertThat(waits(by("ann", new ChangeGrants("ann", List.of())), by("bob", new ChangeGrants("bob", List.of()))))
                    .isTrue();
            assertThat(waits(by("ann", new EraseAccount("ann", "left")), by("bob", new ChangeGrants("bob", List.of()))))
                    .isTrue();
        }
    }

    /** Eight threads, each taking some of a few locks in any order: every one comes to its end, and alone is alone. */
    @Test
    void neverDeadlocksAndNeverLetsTwoChange() throws InterruptedException, ExecutionException {
        int threads = 8;
        int rounds = 5_000;
        var counters = new int[6];
        var tasks = new ArrayList<Callable<int[]>>();
        for (int thread = 0; thread < threads; thread++) {
            var random = new Random(SEED + thread);
            tasks.add(() -> {
                var counted = new int[counters.length];
                for (int round = 0; round < rounds; round++) {
                    takeSome(random, counters, counted);
                }
                return counted;
            });
        }
        var expected = new int[counters.length];
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (Future<int[]> done : executor.invokeAll(tasks)) {
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += done.get()[i];
                }
            }
        }
        assertThat(counters).as("seed %d", SEED).isEqualTo(expected);
    }

    private void takeSome(Random random, int[] counters, int[] counted) {
        var wanted = new Wanted();
        var mine = new ArrayList<Integer>();
        for (int i = 0; i < 3; i++) {
            int which = random.nextInt(counters.length);
            if (random.nextInt(3) == 0) {
                wanted.exclusive("thing " + which);
                mine.add(which);
            } else {
                wanted.shared("thing " + which);
            }
        }
        try (var _ = locks.acquire(wanted)) {
            // Not atomic on purpose: only the lock keeps two from losing a count.
            for (int which : mine) {
                counters[which]++;
                counted[which]++;
            }
        }
    }
}
