package io.promptaudit.command.prompt;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.command.trail.Actor;

/** A deployment whose moment has not come, as its execution needs it. */
record Schedule(int version, String environment, String reason, @Nullable String ticket, Actor by) {

    /**
     * The moment asked for, in whole milliseconds.
     *
     * @throws InvalidValue unless it lies in the future, and at most a year ahead
     */
    static Instant moment(Instant asked, Instant now) {
        Instant at = asked.truncatedTo(ChronoUnit.MILLIS);
        if (!at.isAfter(now)) {
            throw new InvalidValue("at", "must lie in the future");
        }
        if (at.isAfter(now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant())) {
            throw new InvalidValue("at", "must lie at most a year ahead");
        }
        return at;
    }

    /**
     * Makes sure that whose permission was looked up is whoever scheduled.
     *
     * @throws IllegalStateException otherwise: then a row of {@link PendingSchedules} was altered
     */
    void requireBy(Actor actor) {
        if (!actor.equals(by)) {
            throw new IllegalStateException("the pending schedule names somebody else than its event");
        }
    }

    /**
     * Whoever scheduled, as they come in once more. The credential of then does not count: keys are renewed more often than
     * plans.
     */
    Caller presented() {
        return new Caller(by.account(), AccountKind.PERSON, by.onBehalfOf(), List.of(), "schedule");
    }

    /**
     * Makes sure that the schedule may be executed.
     *
     * @param caller whoever scheduled, with what they may do now
     * @throws CommandRejected when they do not deploy the prompt there any more
     */
    void requireGranted(Caller caller, String prompt) {
        if (!caller.deploys(prompt, environment)) {
            throw new CommandRejected(Rule.MISSING_GRANT,
                    "%s, who scheduled it, does not hold the role deployer for %s in %s any more".formatted(by.account(), prompt,
                            environment));
        }
    }

    DeployPrompt deployment(String prompt) {
        return new DeployPrompt(prompt, version, environment, reason, ticket, false);
    }

    ScheduleCancelled cancelled(String prompt, String id, Cancellation cause, @Nullable CommandRejected rejected,
            @Nullable String why) {
        return new ScheduleCancelled(prompt, version, environment, id, cause, rejected == null ? null : rejected.rule(),
                rejected == null ? null : rejected.policyRevision(), why);
    }
}
