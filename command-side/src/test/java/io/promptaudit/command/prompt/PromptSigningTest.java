package io.promptaudit.command.prompt;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy.FreezeWindow;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** Whose approvals count, for which places, how fresh they must be, and when nothing goes live. Ada wrote version 1. */
class PromptSigningTest {
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private final PromptStory prompt = new PromptStory().versions(1);
    private final TestPolicies policies = prompt.policies();

    private void deploys(CountedApproval... approvals) {
        prompt.records(DAN, deploy(1, PRODUCTION), 1, new PromptDeployed(NAME, 1, PRODUCTION, digest(1), "ready", null, false,
                2, List.of(approvals), List.of(), null, null));
    }

    private void misses(String what) {
        prompt.refuses(DAN, deploy(1, PRODUCTION), Rule.REQUIRED_APPROVALS, "production (policy revision 2) requires " + what,
                2L);
    }

    @Nested
    class Places {
        @Test
        void areFilledByAnotherPersonEach() {
            policies.askForPlaces(PRODUCTION, new Slot(null, "medical", 1), new Slot(null, "legal", 1));
            String bens = prompt.did(prompt.caller(BEN, "medical", "legal"), approve(1));
            misses("2 approval(s) of version 1 and 1 count; open: 1 of the group legal;"
                    + " a reviewer of the group legal other than its author can approve it");
            String cleos = prompt.did(prompt.caller(CLEO, "medical"), approve(1));
            deploys(prompt.counted(bens, "ben"), prompt.counted(cleos, "cleo"));
        }

        @Test
        void areNotFilledByAnAuthorWhoMayNotApprove() {
            policies.askForPlaces(PRODUCTION, new Slot(Role.REVIEWER, null, 1));
            policies.requireApprovals(STAGING, 1, true, true);
            prompt.did(prompt.caller(ADAS_AGENT), approve(1));
            misses("1 approval(s) of version 1 and 0 count (ada-agent on behalf of ada is an author); open: 1 with the role reviewer;"
                    + " a reviewer with the role reviewer other than its author can approve it");
        }

        @Test
        void areBesideTheNumberOfAllApprovals() {
            policies.requireApprovals(PRODUCTION, 2, false, true);
            policies.askForPlaces(PRODUCTION, new Slot(null, "medical", 1));
            prompt.did(prompt.caller(BEN, "medical"), approve(1));
            prompt.refuses(DAN, deploy(1, PRODUCTION), Rule.REQUIRED_APPROVALS, "production (policy revision 3) requires"
                    + " 2 approval(s) of version 1 and 1 count; a reviewer other than its author can approve it", 3L);
        }

        @Test
        void areForRolesHeldForThePromptAndNotElsewhere() {
            policies.askForPlaces(PRODUCTION, new Slot(Role.AUDITOR, null, 1));
            var reviewer = new Grant(Role.REVIEWER, "**");
            prompt.did(caller("ben", reviewer, new Grant(Role.AUDITOR, "legal/**")), approve(1));
            misses("1 approval(s) of version 1 and 1 count; open: 1 with the role auditor;"
                    + " a reviewer with the role auditor other than its author can approve it");
            prompt.records(caller("cleo", reviewer, new Grant(Role.AUDITOR, "clinical/**")), approve(1), 1,
                    new PromptApproved(NAME, 1, digest(1), null, "approval", List.of(Role.REVIEWER, Role.AUDITOR), List.of(),
                            null));
        }

        private static Caller caller(String account, Grant... grants) {
            return new Caller(account, AccountKind.PERSON, null, List.of(grants), "credential");
        }
    }

    @Nested
    class FreshSignIns {
        private final Caller late = signedIn(BEN, TestClock.START.minus(QUARTER).minusMillis(1));

        @Test
        void areCountedAtTheTimeOfSigning() {
            policies.askForFreshSignIns(PRODUCTION, QUARTER);
            String bens = prompt.did(signedIn(BEN, TestClock.START.minus(QUARTER)), approve(1));
            CountedApproval counted = prompt.counted(bens, "ben");
            prompt.pass(Duration.ofDays(7));
            deploys(counted);
        }

        @Test
        void areRequiredWhereEveryEnvironmentThatRequiresApprovalsAsks() {
            policies.askForFreshSignIns(PRODUCTION, QUARTER);
            String detail = "production (policy revision 2) counts approvals only within PT15M of signing in;"
                    + " sign in again yourself, not with a key, and approve version 1";
            prompt.refuses(late, approve(1), Rule.REAUTHENTICATION_REQUIRED, detail, 2L);
            prompt.refuses(signedIn(BEN, null), approve(1), Rule.REAUTHENTICATION_REQUIRED, detail, 2L);
            prompt.refuses(prompt.caller(new Actor("ben-agent", "ben")), approve(1), Rule.REAUTHENTICATION_REQUIRED, detail, 2L);
        }

        @Test
        void areAskedForByTheMildestOfThem() {
            policies.askForFreshSignIns(PRODUCTION, QUARTER);
            policies.requireApprovals(STAGING, 1, true, true);
            policies.askForFreshSignIns(STAGING, Duration.ofHours(1));
            prompt.refuses(signedIn(BEN, null), approve(1), Rule.REAUTHENTICATION_REQUIRED,
                    "staging (policy revision 3) counts approvals only within PT1H of signing in;"
                            + " sign in again yourself, not with a key, and approve version 1",
                    3L);
            prompt.did(late, approve(1));
        }

        @Test
        void areAskedOfAnAuthorOnlyWhereAuthorsMayApprove() {
            policies.requireApprovals(STAGING, 1, true, true);
            policies.askForFreshSignIns(STAGING, QUARTER);
            prompt.refuses(signedIn(ADA, null), approve(1), Rule.REAUTHENTICATION_REQUIRED,
                    "staging (policy revision 3) counts approvals only within PT15M of signing in;"
                            + " sign in again yourself, not with a key, and approve version 1",
                    3L);
        }

        @Test
        void areNotAskedForWhereAnApprovalCountsElsewhere() {
            policies.requireApprovals(STAGING, 1, true, true);
            policies.askForFreshSignIns(PRODUCTION, QUARTER);
            prompt.did(late, approve(1));
            misses("1 approval(s) of version 1 and 0 count (ben signed without a sign-in within PT15M);"
                    + " a reviewer other than its author, within PT15M of signing in, can approve it");
        }
    }

    @Nested
    class AuthorsSinceTheRelease {
        /** Versions 2 by Ben and 3 by Ada, on version 1, which is released. */
        private String released() {
            policies.countAuthorsSinceRelease(PRODUCTION);
            prompt.did(CLEO, approve(1));
            String first = prompt.did(DAN, deploy(1, PRODUCTION));
            prompt.did(BEN, edit(1));
            prompt.did(ADA, edit(2));
            return first;
        }

        private void missesOthers(int version, String authors) {
            prompt.refuses(DAN, deploy(version, PRODUCTION), Rule.REQUIRED_APPROVALS,
                    "production (policy revision 2) requires 1 approval(s) of version %d and 0 count (ben is an author); a reviewer"
                            .formatted(version)
                            + " other than the authors since the last release (%s) can approve it".formatted(authors),
                    2L);
        }

        @Test
        void doNotApproveEachOthersVersions() {
            released();
            prompt.did(BEN, approve(3));
            missesOthers(3, "ada, ben");
        }

        @Test
        void areThoseUpToTheVersionOnly() {
            String first = released();
            prompt.did(CLEO, edit(3));
            String cleos = prompt.did(CLEO, approve(3));
            prompt.records(DAN, deploy(3, PRODUCTION), 3, new PromptDeployed(NAME, 3, PRODUCTION, digest(3), "ready", null,
                    false, 2, List.of(prompt.counted(cleos, "cleo")), List.of(), new ActiveDeployment(1, first), null));
        }

        @Test
        void areForgottenOnceTheirVersionIsReleased() {
            released();
            prompt.did(CLEO, approve(2));
            String second = prompt.did(DAN, deploy(2, PRODUCTION));
            String bens = prompt.did(BEN, approve(3));
            prompt.records(DAN, deploy(3, PRODUCTION), 3, new PromptDeployed(NAME, 3, PRODUCTION, digest(3), "ready", null,
                    false, 2, List.of(prompt.counted(bens, "ben")), List.of(), new ActiveDeployment(2, second), null));
        }

        @Test
        void areRememberedWhenTheReleaseWasRolledBack() {
            released();
            prompt.did(CLEO, approve(2));
            prompt.did(DAN, deploy(2, PRODUCTION));
            prompt.did(DAN, rollBack(null, PRODUCTION));
            prompt.did(BEN, approve(3));
            missesOthers(3, "ada, ben");
        }

        @Test
        void areRememberedAfterAnEmergencyUntilItIsJudgedGood() {
            released();
            String emergency = prompt.did(DAN, emergency(2, PRODUCTION));
            String bens = prompt.did(BEN, approve(3));
            missesOthers(3, "ada, ben");
            prompt.did(CLEO, new ReviewEmergency(NAME, emergency, Verdict.GOOD, "had to be"));
            prompt.records(DAN, deploy(3, PRODUCTION), 3, new PromptDeployed(NAME, 3, PRODUCTION, digest(3), "ready", null,
                    false, 2, List.of(prompt.counted(bens, "ben")), List.of(), new ActiveDeployment(2, emergency), null));
        }

        @Test
        void includeTheAuthorOfAnOlderVersion() {
            released();
            prompt.did(CLEO, approve(3));
            prompt.did(DAN, deploy(3, PRODUCTION));
            prompt.did(BEN, approve(1));
            policies.requireApprovals(STAGING, 1, true, true);
            prompt.did(BEN, approve(2));
            missesOthers(2, "ben");
        }

        @Test
        void areEverybodyBeforeTheFirstRelease() {
            policies.countAuthorsSinceRelease(PRODUCTION);
            prompt.did(BEN, edit(1));
            prompt.did(CLEO, edit(2));
            prompt.did(BEN, approve(3));
            missesOthers(3, "ada, ben, cleo");
        }
    }

    @Nested
    class FreezeWindows {
        private final FreezeWindow week = new FreezeWindow(TestClock.START.plus(QUARTER),
                TestClock.START.plus(QUARTER.multipliedBy(2)),
                "audit week");

        private void isFrozen() {
            prompt.refuses(DAN, deploy(1, STAGING), Rule.FROZEN,
                    "staging (policy revision 2) is frozen from 2026-05-04T10:15:00Z until 2026-05-04T10:30:00Z: audit week."
                            + " An admin can lift the freeze; a rollback works meanwhile",
                    2L);
        }

        @Test
        void beginWithTheirFirstMoment() {
            policies.freeze(STAGING, week);
            prompt.pass(QUARTER.minusMillis(1));
            prompt.records(DAN, deploy(1, STAGING), 1,
                    new PromptDeployed(NAME, 1, STAGING, digest(1), "ready", null, false, 2, List.of(), List.of(), null, null));
        }

        @Test
        void stopDeploymentsAndEmergencies() {
            policies.freeze(STAGING, week);
            prompt.pass(QUARTER);
            isFrozen();
            prompt.refuses(DAN, emergency(1, STAGING), Rule.FROZEN,
                    "staging (policy revision 2) is frozen from 2026-05-04T10:15:00Z until 2026-05-04T10:30:00Z: audit week."
                            + " An admin can lift the freeze; a rollback works meanwhile",
                    2L);
        }

        @Test
        void endBeforeTheirLastMoment() {
            policies.freeze(STAGING, week);
            prompt.pass(QUARTER.multipliedBy(2).minusMillis(1));
            isFrozen();
            prompt.pass(Duration.ofMillis(1));
            prompt.records(DAN, deploy(1, STAGING), 1,
                    new PromptDeployed(NAME, 1, STAGING, digest(1), "ready", null, false, 2, List.of(), List.of(), null, null));
        }

        @Test
        void letRollbacksThrough() {
            prompt.did(ADA, edit(1));
            String first = prompt.did(DAN, deploy(1, STAGING));
            String second = prompt.did(DAN, deploy(2, STAGING));
            policies.freeze(STAGING, week);
            prompt.pass(QUARTER);
            prompt.records(DAN, rollBack(null, STAGING), 1, new PromptRolledBack(NAME, 1, STAGING, digest(1), "it misleads", 2,
                    first, new ActiveDeployment(2, second)));
        }
    }
}
