package io.promptaudit.command.prompt;

import java.util.List;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** What people say of a version. */
class PromptReviewTest {
    private static final String AUTHORS_DO_NOT = "authors do not approve their own versions in production (policy revision 1); another reviewer can approve version 1";
    private static final String APPROVED_BY_BEN = "the approval of version 1 by ben stands, in a name of yours; another reviewer can add theirs, and you can revoke it and approve anew";
    private static final Actor CI = new Actor("ci", null);
    private static final Actor CI_FOR_ADA = new Actor("ci", "ada");
    private static final Actor CI_FOR_BEN = new Actor("ci", "ben");
    private final PromptStory prompt = new PromptStory().versions(1);

    @Nested
    class RequestingApproval {
        @Test
        void asksTheReviewersNamed() {
            prompt.records(ADA, new RequestApproval(NAME, 1, "please", List.of("ben")), 1,
                    new ApprovalRequested(NAME, 1, "please", List.of("ben")));
        }

        @Test
        void isRefusedTheSecondTime() {
            prompt.did(ADA, new RequestApproval(NAME, 1, null, List.of()));
            prompt.refuses(BEN, new RequestApproval(NAME, 1, "again", List.of()), Rule.ALREADY_IN_REVIEW,
                    "approval of version 1 was asked for; a reviewer can give or refuse it");
        }

        @Test
        void concernsOneVersionOnly() {
            prompt.did(ADA, new RequestApproval(NAME, 1, null, List.of()));
            prompt.did(ADA, edit(1));
            prompt.records(ADA, new RequestApproval(NAME, 2, null, List.of()), 2,
                    new ApprovalRequested(NAME, 2, null, List.of()));
        }
    }

    @Nested
    class Approving {
        @Test
        void signsTheDigest() {
            prompt.records(BEN, new ApprovePrompt(NAME, 1, "good", "review"), 1, new PromptApproved(NAME, 1, digest(1),
                    "good", "review", List.of(Role.REVIEWER, Role.DEPLOYER), List.of(), TestClock.START));
        }

        @Test
        void needsNoRequest() {
            prompt.did(ADA, edit(1));
            prompt.records(BEN, approve(1), 1, prompt.approved(1));
        }

        @Test
        void isRefusedToTheAuthor() {
            prompt.refuses(ADA, approve(1), Rule.AUTHOR_MAY_NOT_APPROVE, AUTHORS_DO_NOT, 1L);
        }

        @Test
        void isRefusedToTheAuthorsAgent() {
            prompt.refuses(ADAS_AGENT, approve(1), Rule.AUTHOR_MAY_NOT_APPROVE, AUTHORS_DO_NOT, 1L);
        }

        @Test
        void isRefusedToTheAuthorBehindAnAgent() {
            prompt.did(ADAS_AGENT, edit(1));
            prompt.refuses(ADA, approve(2), Rule.AUTHOR_MAY_NOT_APPROVE,
                    "authors do not approve their own versions in production (policy revision 1); another reviewer can approve version 2",
                    1L);
        }

        @Test
        void isLeftToTheAuthorOfAnotherVersion() {
            prompt.did(BEN, edit(1));
            prompt.records(ADA, approve(2), 2, prompt.approved(2));
        }

        @Test
        void isOpenToTheAuthorWhereAnEnvironmentThatRequiresApprovalsAllowsIt() {
            prompt.policies().requireApprovals(PRODUCTION, 2, true, true);
            prompt.records(ADA, approve(1), 1, prompt.approved(1));
        }

        @Test
        void isNotOpenedByAnEnvironmentThatRequiresNone() {
            prompt.policies().requireApprovals(STAGING, 0, true, true);
            prompt.refuses(ADA, approve(1), Rule.AUTHOR_MAY_NOT_APPROVE, AUTHORS_DO_NOT, 1L);
        }

        @Test
        void isRefusedTheSecondTime() {
            prompt.did(BEN, approve(1));
            prompt.refuses(BEN, approve(1), Rule.ALREADY_APPROVED,
                    APPROVED_BY_BEN);
        }

        @Test
        void isRefusedToTheAgentOfWhoApproved() {
            prompt.did(BEN, approve(1));
            prompt.refuses(new Actor("ben-agent", "ben"), approve(1), Rule.ALREADY_APPROVED,
                    APPROVED_BY_BEN);
        }

        @Test
        void isPossibleAgainOnceRevoked() {
            prompt.did(BEN, approve(1));
            prompt.did(BEN, new RevokeApproval(NAME, 1, "wait"));
            prompt.records(BEN, approve(1), 1, prompt.approved(1));
        }
    }

    @Nested
    class Rejecting {
        @Test
        void blocksTheVersion() {
            prompt.records(BEN, reject(1), 1, new PromptRejected(NAME, 1, "too vague"));
        }

        @Test
        void isOpenToTheAuthor() {
            prompt.records(ADA, reject(1), 1, new PromptRejected(NAME, 1, "too vague"));
        }

        @Test
        void isRefusedTheSecondTime() {
            prompt.did(BEN, reject(1));
            prompt.refuses(BEN, reject(1), Rule.ALREADY_REJECTED,
                    "your rejection of version 1 stands; another reviewer can add theirs");
        }

        @Test
        void isOpenToAnotherReviewer() {
            prompt.did(BEN, reject(1));
            prompt.records(CLEO, reject(1), 1, new PromptRejected(NAME, 1, "too vague"));
        }
    }

    @Nested
    class RevokingApproval {
        private final RevokeApproval revoke = new RevokeApproval(NAME, 1, "new findings");

        @Test
        void takesBackOnesOwn() {
            String bens = prompt.did(BEN, approve(1));
            prompt.did(CLEO, approve(1));
            prompt.records(BEN, revoke, 1, new ApprovalRevoked(NAME, 1, List.of(bens), "new findings"));
        }

        @Test
        void takesBackAllWhenNoneIsOnesOwn() {
            String bens = prompt.did(BEN, approve(1));
            String cleos = prompt.did(CLEO, approve(1));
            prompt.records(DAN, revoke, 1, new ApprovalRevoked(NAME, 1, List.of(bens, cleos), "new findings"));
        }

        @Test
        void takesBackWhatTheAgentGave() {
            String agents = prompt.did(new Actor("ben-agent", "ben"), approve(1));
            prompt.did(CLEO, approve(1));
            prompt.records(BEN, revoke, 1, new ApprovalRevoked(NAME, 1, List.of(agents), "new findings"));
        }

        @Test
        void isRefusedWhenNoApprovalStands() {
            prompt.did(BEN, approve(1));
            prompt.did(BEN, revoke);
            prompt.refuses(BEN, revoke, Rule.NOT_APPROVED, "no approval of version 1 stands; a reviewer can approve it");
        }
    }

    @Nested
    class WithdrawingRejection {
        private static final String NOT_OTHERS = "authors do not withdraw what others reject of their own versions in production (policy revision 1); another reviewer can withdraw the rejection of version 1";
        private final WithdrawRejection withdraw = new WithdrawRejection(NAME, 1, "clarified");

        @Test
        void takesBackOnesOwn() {
            String bens = prompt.did(BEN, reject(1));
            prompt.did(CLEO, reject(1));
            prompt.records(BEN, withdraw, 1, new RejectionWithdrawn(NAME, 1, List.of(bens), "clarified"));
        }

        @Test
        void takesBackAllWhenNoneIsOnesOwn() {
            String bens = prompt.did(BEN, reject(1));
            String cleos = prompt.did(CLEO, reject(1));
            prompt.records(DAN, withdraw, 1, new RejectionWithdrawn(NAME, 1, List.of(bens, cleos), "clarified"));
        }

        @Test
        void isNotTheAuthorsWhereSomebodyElseRejected() {
            prompt.did(BEN, reject(1));
            prompt.refuses(ADAS_AGENT, withdraw, Rule.AUTHOR_MAY_NOT_APPROVE, NOT_OTHERS, 1L);
        }

        @Test
        void isTheAuthorsWhereTheyRejectedThemselves() {
            prompt.did(BEN, reject(1));
            String adas = prompt.did(ADA, reject(1));
            prompt.records(ADAS_AGENT, withdraw, 1, new RejectionWithdrawn(NAME, 1, List.of(adas), "clarified"));
        }

        @Test
        void isTheAuthorsWhereTheirApprovalCouldCount() {
            prompt.policies().requireApprovals(STAGING, 1, true, true);
            String bens = prompt.did(BEN, reject(1));
            prompt.records(ADA, withdraw, 1, new RejectionWithdrawn(NAME, 1, List.of(bens), "clarified"));
        }

        /** The secret that wrote for Ada could say it acts for Ben. */
        @Test
        void isNotForTheServiceThatWroteWhomeverItActsFor() {
            prompt.did(CI_FOR_ADA, edit(1));
            prompt.did(BEN, reject(2));
            prompt.refuses(CI_FOR_BEN, new WithdrawRejection(NAME, 2, "clarified"), Rule.AUTHOR_MAY_NOT_APPROVE,
                    NOT_OTHERS.replace("version 1", "version 2"), 1L);
        }

        @Test
        void isForTheServiceThatWroteAndRejected() {
            prompt.did(CI_FOR_ADA, edit(1));
            String cis = prompt.did(CI_FOR_BEN, reject(2));
            prompt.records(CI, new WithdrawRejection(NAME, 2, "clarified"), 2,
                    new RejectionWithdrawn(NAME, 2, List.of(cis), "clarified"));
        }

        @Test
        void isRefusedWhenNoRejectionStands() {
            prompt.did(BEN, approve(1));
            prompt.refuses(BEN, withdraw, Rule.NOT_REJECTED, "no rejection of version 1 stands; a reviewer can reject it");
        }
    }

    @Nested
    class RecordingACheck {
        @Test
        void keepsTheEvidence() {
            prompt.records(ADA, new RecordCheck(NAME, 1, "evals", CheckOutcome.FAILED, "https://ci/1", "sha256:00"), 1,
                    new CheckRecorded(NAME, 1, "evals", CheckOutcome.FAILED, "https://ci/1", "sha256:00"));
        }
    }

    @Nested
    class Commenting {
        @Test
        void keepsTheRemark() {
            prompt.records(CLEO, new CommentOnPrompt(NAME, 1, "hm"), 1, new PromptCommented(NAME, 1, "hm"));
        }
    }
}
