package io.promptaudit.command.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.command.trail.Actor;
import io.promptaudit.command.trail.Pending;
import io.promptaudit.command.trail.Recorded;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.trail.ServerAccount;
import io.promptaudit.command.trail.TrailDatabase;
import io.promptaudit.command.trail.TrailUnavailable;

import static org.assertj.core.api.Assertions.assertThat;

/** Which schedules are handed on, when, and what happens to them while nothing can be recorded. */
class DueSchedulesTest {
    private static final Instant TEN = Instant.parse("2026-05-04T10:00:00Z");
    private static final Actor DAN = new Actor("dan", null);
    private static final Actor AGENT = new Actor("bot", "dan");

    private final TrailDatabase database = new TrailDatabase();
    private final PendingSchedules pending = new PendingSchedules(database.client());
    private final Listener listener = new Listener();
    private Instant now = TEN;
    private final DueSchedules due = new DueSchedules(pending, listener, () -> now, Duration.ofHours(1));

    @AfterEach
    void close() {
        database.close();
    }

    /** Takes commands as a recorder does, unless it is told to fail. */
    private static final class Listener implements Recorder {
        private final List<Command> heard = new ArrayList<>();
        private @Nullable RuntimeException failure;

        @Override
        public Recorded record(Command command, Caller caller, RequestContext context) {
            throw new UnsupportedOperationException("nobody waits for a schedule");
        }

        @Override
        public Pending decide(Command command, Caller caller, RequestContext context) {
            assertThat(caller).isSameAs(ServerAccount.caller());
            heard.add(command);
            if (failure != null) {
                throw failure;
            }
            return new Pending() {
                @Override
                public boolean isNothing() {
                    return true;
                }

                @Override
                public Recorded await() {
                    throw new IllegalStateException("nothing was recorded");
                }
            };
        }

        @Override
        public Refused refuse(String command, Caller caller, RequestContext context, CommandRejected rejected) {
            throw new UnsupportedOperationException("the server is not refused");
        }
    }

    private List<Command> executed() {
        listener.heard.clear();
        due.execute();
        return List.copyOf(listener.heard);
    }

    @Test
    void areHandedOnFromTheirMomentTheLongestDueFirst() {
        pending.add("later", "p", TEN.plusMillis(1), DAN);
        pending.add("second", "q", TEN, AGENT);
        pending.add("first", "p", TEN.minusMillis(1), DAN);
        assertThat(executed()).containsExactly(new ExecuteSchedule("p", "first", "dan", null, false),
                new ExecuteSchedule("q", "second", "bot", "dan", false));
        now = TEN.plusMillis(1);
        assertThat(executed()).hasSize(3);
    }

    @Test
    void areMissedOnceTheirTimeOfGraceIsOver() {
        pending.add("late", "p", TEN, DAN);
        now = TEN.plus(Duration.ofHours(1));
        assertThat(executed()).containsExactly(new ExecuteSchedule("p", "late", "dan", null, false));
        now = now.plusMillis(1);
        assertThat(executed()).containsExactly(new ExecuteSchedule("p", "late", "dan", null, true));
    }

    @Test
    void waitWhileNothingCanBeRecorded() {
        pending.add("one", "p", TEN, DAN);
        pending.add("two", "p", TEN, DAN);
        listener.failure = new TrailUnavailable("the disk is full", null);
        assertThat(executed()).hasSize(1);
        listener.failure = null;
        assertThat(executed()).hasSize(2);
    }

    @Test
    void doNotHoldUpOthersWhenARowWasAltered() {
        pending.add("altered", "p", TEN, DAN);
        pending.add("good", "q", TEN, DAN);
        listener.failure = new IllegalStateException("the pending schedule names somebody else than its event");
        assertThat(executed()).hasSize(2);
    }

    @Test
    void areForgottenWithTheirRow() {
        pending.add("one", "p", TEN, DAN);
        pending.remove("one");
        assertThat(executed()).isEmpty();
    }
}
