package io.promptaudit.command.prompt;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.CountedCheck;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** How versions go live, and end being live. */
class PromptReleaseTest {
    private final PromptStory prompt = new PromptStory().versions(2);
    private final TestPolicies policies = prompt.policies();

    private static PromptDeployed deployed(int version, String environment, long revision, List<CountedApproval> approvals,
            List<CountedCheck> checks, @Nullable ActiveDeployment replaced) {
        return new PromptDeployed(NAME, version, environment, digest(version), "ready", null, false, revision, approvals,
                checks, replaced, null);
    }

    private static RecordCheck check(String name, CheckOutcome outcome) {
        return new RecordCheck(NAME, 1, name, outcome, null, null);
    }

    @Nested
    class Deploying {
        @Test
        void carriesTheEvidenceItWasDecidedOn() {
            policies.requireChecks(PRODUCTION, "evals", "redteam");
            prompt.did(BEN, check("evals", CheckOutcome.FAILED));
            String redteam = prompt.did(BEN, check("redteam", CheckOutcome.PASSED));
            String evals = prompt.did(BEN, check("evals", CheckOutcome.PASSED));
            prompt.did(BEN, check("unasked", CheckOutcome.PASSED));
            String bens = prompt.did(BEN, approve(1));
            String cleos = prompt.did(CLEO, approve(1));
            prompt.records(DAN, deploy(1, PRODUCTION), 1,
                    deployed(1, PRODUCTION, 2, List.of(prompt.counted(bens, "ben"), prompt.counted(cleos, "cleo")),
                            List.of(new CountedCheck(evals, "evals"), new CountedCheck(redteam, "redteam")), null));
        }

        @Test
        void namesWhatItReplaces() {
            String first = prompt.did(DAN, deploy(1, STAGING));
            prompt.records(DAN, deploy(2, STAGING), 2,
                    deployed(2, STAGING, 1, List.of(), List.of(), new ActiveDeployment(1, first)));
        }

        @Test
        void leavesOtherEnvironmentsAlone() {
            prompt.did(DAN, deploy(1, STAGING));
            String bens = prompt.did(BEN, approve(1));
            prompt.records(DAN, deploy(1, PRODUCTION), 1,
                    deployed(1, PRODUCTION, 1, List.of(prompt.counted(bens, "ben")), List.of(), null));
        }

        @Test
        void isRefusedWhenTheVersionIsActiveAlready() {
            prompt.did(DAN, deploy(1, STAGING));
            prompt.refuses(DAN, deploy(1, STAGING), Rule.ALREADY_ACTIVE,
                    "staging (policy revision 1) has version 1 active already; a deployer can deploy another", 1L);
        }

        @Test
        void isRefusedWithoutApproval() {
            prompt.refuses(DAN, deploy(1, PRODUCTION), Rule.REQUIRED_APPROVALS,
                    "production (policy revision 1) requires 1 approval(s) of version 1 and 0 count; a reviewer other than its author can approve it",
                    1L);
        }

        @Test
        void isRefusedWithTheApprovalOfAnotherVersion() {
            prompt.did(BEN, approve(2));
            prompt.refuses(DAN, deploy(1, PRODUCTION), Rule.REQUIRED_APPROVALS,
                    "production (policy revision 1) requires 1 approval(s) of version 1 and 0 count; a reviewer other than its author can approve it",
                    1L);
        }

        @Test
        void isRefusedWithARevokedApproval() {
            prompt.did(BEN, approve(1));
            prompt.did(CLEO, new RevokeApproval(NAME, 1, "no"));
            prompt.refuses(DAN, deploy(1, PRODUCTION), Rule.REQUIRED_APPROVALS,
                    "production (policy revision 1) requires 1 approval(s) of version 1 and 0 count; a reviewer other than its author can approve it",
                    1L);
        }

        @Test
        void doesNotCountAnAuthorsApprovalWhereThePolicyDoesNot() {
            policies.requireApprovals(STAGING, 1, true, true);
            policies.requireApprovals(PRODUCTION, 2, false, true);
            prompt.did(ADAS_AGENT, approve(1));
            prompt.did(BEN, approve(1));
            prompt.refuses(DAN, deploy(1, PRODUCTION), Rule.REQUIRED_APPROVALS,
                    "production (policy revision 2) requires 2 approval(s) of version 1 and 1 count (ada-agent on behalf of ada is an author); a reviewer other than its author can approve it",
                    2L);
        }

        @Test
        void countsAnAuthorsApprovalWhereThePolicyDoes() {
            policies.requireApprovals(STAGING, 1, true, true);
            String adas = prompt.did(ADA, approve(1));
            prompt.records(DAN, deploy(1, STAGING), 1,
                    deployed(1, STAGING, 2, List.of(prompt.counted(adas, "ada")), List.of(), null));
        }

        @Test
        void saysThatAnyReviewerWillDoWhereAuthorsMay() {
            policies.requireApprovals(STAGING, 1, true, true);
            prompt.refuses(DAN, deploy(1, STAGING), Rule.REQUIRED_APPROVALS,
                    "staging (policy revision 2) requires 1 approval(s) of version 1 and 0 count; a reviewer can approve it",
                    2L);
        }

        @Test
        void isRefusedWhenTheVersionIsRejectedEvenWhereNoApprovalIsRequired() {
            prompt.did(CLEO, reject(1));
            prompt.refuses(DAN, deploy(1, STAGING), Rule.VERSION_REJECTED,
                    "staging (policy revision 1) takes no rejected version, and version 1 is; a reviewer can withdraw the rejection",
                    1L);
        }

        @Test
        void isRefusedWhenTheVersionIsBothApprovedAndRejected() {
            prompt.did(BEN, approve(1));
            prompt.did(CLEO, reject(1));
            prompt.refuses(DAN, deploy(1, PRODUCTION), Rule.VERSION_REJECTED,
                    "production (policy revision 1) takes no rejected version, and version 1 is; a reviewer can withdraw the rejection",
                    1L);
        }

        @Test
        void goesAheadOnceTheRejectionIsWithdrawn() {
            prompt.did(CLEO, reject(1));
            prompt.did(CLEO, new WithdrawRejection(NAME, 1, "clarified"));
            prompt.records(DAN, deploy(1, STAGING), 1, deployed(1, STAGING, 1, List.of(), List.of(), null));
        }

        @Test
        void isRefusedWhileTheEnvironmentIsFrozen() {
            policies.freeze(STAGING, "audit week");
            prompt.refuses(DAN, deploy(1, STAGING), Rule.FROZEN,
                    "staging (policy revision 2) is frozen: audit week. An admin can lift the freeze; a rollback works meanwhile",
                    2L);
        }

        @Test
        void isRefusedUntilEveryRequiredCheckHasPassed() {
            policies.requireChecks(STAGING, "evals", "redteam", "bias");
            prompt.did(BEN, check("evals", CheckOutcome.PASSED));
            prompt.did(BEN, check("bias", CheckOutcome.PASSED));
            prompt.did(BEN, check("bias", CheckOutcome.FAILED));
            prompt.refuses(DAN, deploy(1, STAGING), Rule.REQUIRED_CHECKS,
                    "staging (policy revision 2) requires checks that have not passed for version 1: redteam, bias; an editor can record that they did",
                    2L);
        }

        @Test
        void isRefusedToAnApproverWhereThePolicySeparatesThem() {
            policies.requireApprovals(PRODUCTION, 1, false, false);
            prompt.did(BEN, approve(1));
            prompt.refuses(BEN, deploy(1, PRODUCTION), Rule.APPROVER_MAY_NOT_DEPLOY,
                    "production (policy revision 2) does not let those deploy version 1 who approved it; another deployer can",
                    2L);
        }

        @Test
        void isRefusedToAnApproversAgentWhereThePolicySeparatesThem() {
            policies.requireApprovals(PRODUCTION, 1, false, false);
            prompt.did(BEN, approve(1));
            prompt.refuses(new Actor("ben-agent", "ben"), deploy(1, PRODUCTION), Rule.APPROVER_MAY_NOT_DEPLOY,
                    "production (policy revision 2) does not let those deploy version 1 who approved it; another deployer can",
                    2L);
        }

        @Test
        void isOpenToAnApproverElsewhere() {
            String bens = prompt.did(BEN, approve(1));
            prompt.records(BEN, deploy(1, PRODUCTION), 1,
                    deployed(1, PRODUCTION, 1, List.of(prompt.counted(bens, "ben")), List.of(), null));
        }
    }

    @Nested
    class Withdrawing {
        @Test
        void leavesNothingActive() {
            String deployment = prompt.did(DAN, deploy(2, STAGING));
            prompt.records(DAN, withdraw(STAGING), 2, new PromptWithdrawn(NAME, 2, STAGING, deployment, "no longer needed"));
        }

        @Test
        void worksInAFreeze() {
            String deployment = prompt.did(DAN, deploy(2, STAGING));
            policies.freeze(STAGING, "audit week");
            prompt.records(DAN, withdraw(STAGING), 2, new PromptWithdrawn(NAME, 2, STAGING, deployment, "no longer needed"));
        }

        @Test
        void isRefusedWhenNothingIsActiveThere() {
            prompt.did(DAN, deploy(2, STAGING));
            prompt.refuses(DAN, withdraw(PRODUCTION), Rule.NOTHING_ACTIVE,
                    "nothing of the prompt is active in production; a deployer can deploy a version");
        }

        @Test
        void isRefusedTheSecondTime() {
            prompt.did(DAN, deploy(2, STAGING));
            prompt.did(DAN, withdraw(STAGING));
            prompt.refuses(DAN, withdraw(STAGING), Rule.NOTHING_ACTIVE,
                    "nothing of the prompt is active in staging; a deployer can deploy a version");
        }
    }
}
