package io.promptaudit.command.prompt;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.Cancellation;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CancelSchedule;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How versions are to go live later, and what is decided when the moment has come. */
class PromptScheduleTest {
    private final PromptStory prompt = new PromptStory().versions(2);
    private final TestPolicies policies = prompt.policies();
    private final JdbcClient rows = DATABASE.client();

    /** The server, for whoever scheduled. */
    private static Actor serverFor(Actor scheduler) {
        return new Actor("system", scheduler.person());
    }

    private static ExecuteSchedule execute(String schedule, Actor by) {
        return new ExecuteSchedule(NAME, schedule, by.account(), by.onBehalfOf(), false);
    }

    private static ScheduleCancelled refused(String schedule, int version, String environment, Rule rule,
            @Nullable Long revision, String why) {
        return new ScheduleCancelled(NAME, version, environment, schedule, Cancellation.RULE, rule, revision, why);
    }

    private boolean isDue(String schedule) {
        return rows.sql("select count(*) from pending_schedule where schedule = ?").param(schedule).query(Long.class)
                .single() == 1;
    }

    @Nested
    class Scheduling {
        @Test
        void isRecordedWhetherOrNotTheRulesHoldYet() {
            policies.freeze(PRODUCTION, "audit week");
            prompt.records(DAN, schedule(1, PRODUCTION), 1, new DeploymentScheduled(NAME, 1, PRODUCTION, digest(1),
                    NOW.plusSeconds(60), "at night", "CHG-9"));
        }

        @Test
        void keepsWholeMilliseconds() {
            prompt.records(DAN, at(NOW.plusNanos(2_999_999)), 1,
                    new DeploymentScheduled(NAME, 1, STAGING, digest(1), NOW.plusMillis(2), "soon", null));
        }

        @Test
        void isForTheFutureAndForAYearAtMost() {
            assertThat(Schedule.moment(NOW.plusMillis(1), NOW)).isEqualTo(NOW.plusMillis(1));
            assertThat(Schedule.moment(Instant.parse("2027-05-04T10:00:00Z"), NOW)).isEqualTo("2027-05-04T10:00:00Z");
            for (Instant past : List.of(NOW, NOW.plusNanos(999_999), NOW.minusSeconds(1), Instant.MIN)) {
                assertThatThrownBy(() -> Schedule.moment(past, NOW)).isInstanceOf(InvalidValue.class)
                        .hasMessage("at must lie in the future");
            }
            for (Instant far : List.of(Instant.parse("2027-05-04T10:00:00.001Z"), Instant.MAX)) {
                assertThatThrownBy(() -> Schedule.moment(far, NOW)).isInstanceOf(InvalidValue.class)
                        .hasMessage("at must lie at most a year ahead");
            }
        }

        @Test
        void needsTheVersionAndTheEnvironment() {
            prompt.doesNotKnow(DAN, schedule(3, STAGING), "version-not-found", "the prompt has no version 3");
        }

        @Test
        void needsTheEnvironment() {
            prompt.doesNotKnow(DAN, schedule(1, "mars"), "environment-not-found", "there is no environment mars");
        }

        @Test
        void isRefusedForAnArchivedPrompt() {
            prompt.did(ADA, new ArchivePrompt(NAME, "old"));
            prompt.refuses(DAN, schedule(1, STAGING), Rule.ARCHIVED, "the prompt is archived; an editor can restore it");
        }

        private static ScheduleDeployment at(Instant moment) {
            return new ScheduleDeployment(NAME, 1, STAGING, moment, "soon", null);
        }
    }

    @Nested
    class Executing {
        @Test
        void deploysOnTheEvidenceOfThatMoment() {
            String id = prompt.did(DAN, schedule(1, PRODUCTION));
            assertThat(isDue(id)).isTrue();
            String approval = prompt.did(BEN, approve(1));
            prompt.records(serverFor(DAN), execute(id, DAN), 1, new PromptDeployed(NAME, 1, PRODUCTION, digest(1), "at night",
                    "CHG-9", false, 1, List.of(prompt.counted(approval, "ben")), List.of(), null, id));
            assertThat(isDue(id)).isFalse();
        }

        @Test
        void happensOnce() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(serverFor(DAN), execute(id, DAN));
            prompt.recordsNothing(serverFor(DAN), execute(id, DAN));
        }

        @Test
        void isNothingOnceCancelled() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(DAN, new CancelSchedule(NAME, id, null));
            prompt.recordsNothing(serverFor(DAN), execute(id, DAN));
        }

        @Test
        void countsThePersonWhoScheduled() {
            policies.requireApprovals(PRODUCTION, 1, false, false);
            prompt.did(BEN, approve(1));
            Actor agent = new Actor("ben-agent", "ben");
            String id = prompt.did(agent, schedule(1, PRODUCTION));
            prompt.records(serverFor(agent), execute(id, agent), 1, refused(id, 1, PRODUCTION, Rule.APPROVER_MAY_NOT_DEPLOY, 2L,
                    "production (policy revision 2) does not let those deploy version 1 who approved it; another deployer can"));
        }

        @Test
        void countsTheServiceThatScheduledForAPerson() {
            policies.requireApprovals(PRODUCTION, 1, false, false);
            prompt.did(new Actor("ci", null), approve(1));
            Actor service = new Actor("ci", "dan");
            String id = prompt.did(service, schedule(1, PRODUCTION));
            prompt.records(serverFor(service), execute(id, service), 1,
                    refused(id, 1, PRODUCTION, Rule.APPROVER_MAY_NOT_DEPLOY, 2L,
                            "production (policy revision 2) does not let those deploy version 1 who approved it; another deployer can"));
        }

        @Test
        void isCancelledByARejection() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(CLEO, reject(1));
            prompt.records(serverFor(DAN), execute(id, DAN), 1, refused(id, 1, STAGING, Rule.VERSION_REJECTED, 1L,
                    "staging (policy revision 1) takes no rejected version, and version 1 is; a reviewer can withdraw the rejection"));
        }

        @Test
        void isCancelledWithoutTheApprovalsOfThatMoment() {
            prompt.did(BEN, approve(1));
            String id = prompt.did(DAN, schedule(1, PRODUCTION));
            prompt.did(BEN, new RevokeApproval(NAME, 1, "not good"));
            prompt.records(serverFor(DAN), execute(id, DAN), 1, refused(id, 1, PRODUCTION, Rule.REQUIRED_APPROVALS, 1L,
                    "production (policy revision 1) requires 1 approval(s) of version 1 and 0 count; a reviewer other than its author can approve it"));
        }

        @Test
        void isCancelledByThePolicyOfThatMoment() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            policies.requireChecks(STAGING, "evals");
            prompt.records(serverFor(DAN), execute(id, DAN), 1, refused(id, 1, STAGING, Rule.REQUIRED_CHECKS, 2L,
                    "staging (policy revision 2) requires checks that have not passed for version 1: evals; an editor can record that they did"));
        }

        @Test
        void isCancelledByAFreeze() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            policies.freeze(STAGING, "audit week");
            prompt.records(serverFor(DAN), execute(id, DAN), 1, refused(id, 1, STAGING, Rule.FROZEN, 2L,
                    "staging (policy revision 2) is frozen: audit week. An admin can lift the freeze; a rollback works meanwhile"));
        }

        @Test
        void isCancelledOfAnArchivedPrompt() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(ADA, new ArchivePrompt(NAME, "old"));
            prompt.records(serverFor(DAN), execute(id, DAN), 1,
                    refused(id, 1, STAGING, Rule.ARCHIVED, null, "the prompt is archived; an editor can restore it"));
        }

        @Test
        void isCancelledWhereTheVersionIsActiveAlready() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(DAN, deploy(1, STAGING));
            prompt.records(serverFor(DAN), execute(id, DAN), 1,
                    refused(id, 1, STAGING, Rule.ALREADY_ACTIVE, 1L,
                            "staging (policy revision 1) has version 1 active already; a deployer can deploy another"));
        }

        @Test
        void isCancelledWithoutTheGrant() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.signIns().restrict("dan", PRODUCTION);
            prompt.records(serverFor(DAN), execute(id, DAN), 1, refused(id, 1, STAGING, Rule.MISSING_GRANT,
                    null, "dan, who scheduled it, does not hold the role deployer for clinical/intake in staging any more"));
        }

        @Test
        void isCancelledForAnAccountThatMayNotComeIn() {
            String id = prompt.did(ADAS_AGENT, schedule(1, STAGING));
            prompt.signIns().restrict("ada-agent");
            prompt.records(serverFor(ADAS_AGENT), execute(id, ADAS_AGENT), 1,
                    refused(id, 1, STAGING, Rule.MISSING_GRANT, null, "the account ada-agent is closed"));
        }

        @Test
        void isCancelledAsMissed() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.records(serverFor(DAN), new ExecuteSchedule(NAME, id, "dan", null, true), 1, new ScheduleCancelled(NAME, 1,
                    STAGING, id, Cancellation.MISSED, null, null, "the server was not there at its moment, nor soon after"));
        }

        /** The row that says whose grants to look up is no event: somebody may have altered it. */
        @Test
        void failsWhereTheRowNamesSomebodyElse() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.fails(serverFor(BEN), execute(id, BEN), IllegalStateException.class);
        }

        @Test
        void replacesWhatIsActive() {
            String active = prompt.did(DAN, deploy(1, STAGING));
            String id = prompt.did(DAN, schedule(2, STAGING));
            prompt.records(serverFor(DAN), execute(id, DAN), 2, new PromptDeployed(NAME, 2, STAGING, digest(2), "at night",
                    "CHG-9", false, 1, List.of(), List.of(), new ActiveDeployment(1, active), id));
        }
    }

    @Nested
    class Cancelling {
        @Test
        void isRecordedWithItsReason() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.records(CLEO, new CancelSchedule(NAME, id, "not tonight"), 1, new ScheduleCancelled(NAME, 1, STAGING, id,
                    Cancellation.PERSON, null, null, "not tonight"));
            assertThat(isDue(id)).isFalse();
        }

        @Test
        void isForDeployersOfThatEnvironment() {
            String id = prompt.did(DAN, schedule(1, PRODUCTION));
            prompt.refuses(only(CLEO, deployer(STAGING)), new CancelSchedule(NAME, id, null), Rule.MISSING_GRANT,
                    "you do not hold the role deployer for clinical/intake in production; an admin can grant it", null);
        }

        @Test
        void isRefusedTheSecondTime() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(DAN, new CancelSchedule(NAME, id, null));
            prompt.refuses(DAN, new CancelSchedule(NAME, id, null), Rule.SCHEDULE_NOT_PENDING,
                    "the schedule was executed or cancelled already; a deployer can make another");
        }

        @Test
        void isRefusedOnceExecuted() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(serverFor(DAN), execute(id, DAN));
            prompt.refuses(DAN, new CancelSchedule(NAME, id, null), Rule.SCHEDULE_NOT_PENDING,
                    "the schedule was executed or cancelled already; a deployer can make another");
        }

        @Test
        void worksInAnArchivedPrompt() {
            String id = prompt.did(DAN, schedule(1, STAGING));
            prompt.did(ADA, new ArchivePrompt(NAME, "old"));
            prompt.records(DAN, new CancelSchedule(NAME, id, null), 1,
                    new ScheduleCancelled(NAME, 1, STAGING, id, Cancellation.PERSON, null, null, null));
        }

        @Test
        void findsNoScheduleOfThatId() {
            prompt.doesNotKnow(DAN, new CancelSchedule(NAME, "none", null), "schedule-not-found",
                    "the prompt has no schedule with this id");
        }
    }
}
