package io.promptaudit.command.prompt;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Rule;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.PromptRolledBack;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** Where a rollback goes, with a target and without. */
class PromptRollbackTest {
    private static final String NOTHING_BEFORE = " (policy revision 1) has no properly released version before; a deployer can deploy an approved one";
    private final PromptStory prompt = new PromptStory().versions(4);

    private String deployed(int version) {
        return prompt.did(DAN, deploy(version, STAGING));
    }

    private String rolledBack(@Nullable Integer version) {
        return prompt.did(DAN, rollBack(version, STAGING));
    }

    private void goesTo(int version, String restores, @Nullable ActiveDeployment replaced) {
        prompt.records(DAN, rollBack(null, STAGING), version, back(version, 1, restores, replaced));
    }

    private static PromptRolledBack back(int version, long revision, String restores, @Nullable ActiveDeployment replaced) {
        return new PromptRolledBack(NAME, version, STAGING, digest(version), "it misleads", revision, restores, replaced);
    }

    @Nested
    class WithoutATarget {
        @Test
        void goesToTheReleaseBefore() {
            String first = deployed(1);
            String second = deployed(2);
            goesTo(1, first, new ActiveDeployment(2, second));
        }

        @Test
        void goesFurtherBackTheSecondTime() {
            String first = deployed(1);
            deployed(2);
            deployed(3);
            String back = rolledBack(null);
            goesTo(1, first, new ActiveDeployment(2, back));
        }

        @Test
        void ofARollbackToAnEarlyReleaseGoesToWhatCameBeforeThat() {
            String first = deployed(1);
            deployed(2);
            deployed(3);
            String back = rolledBack(2);
            goesTo(1, first, new ActiveDeployment(2, back));
        }

        @Test
        void passesOverTheVersionThatIsActive() {
            deployed(1);
            String second = deployed(2);
            deployed(1);
            deployed(2);
            String back = rolledBack(1);
            // Version 1 was released twice; what stands is its second release, so version 2 came before.
            goesTo(2, second, new ActiveDeployment(1, back));
        }

        @Test
        void goesToWhatWasInForceWhenItWasWithdrawn() {
            deployed(1);
            String second = deployed(2);
            prompt.did(DAN, withdraw(STAGING));
            goesTo(2, second, null);
        }

        @Test
        void doesNotGoToWhatWasUndoneBeforeTheWithdrawal() {
            String first = deployed(1);
            deployed(2);
            rolledBack(null);
            prompt.did(DAN, withdraw(STAGING));
            goesTo(1, first, null);
        }

        @Test
        void passesOverARejectedVersion() {
            String first = deployed(1);
            deployed(2);
            String third = deployed(3);
            prompt.did(CLEO, reject(2));
            goesTo(1, first, new ActiveDeployment(3, third));
        }

        @Test
        void passesOverAnUnreviewedEmergency() {
            String first = deployed(1);
            prompt.did(DAN, emergency(2, STAGING));
            String third = deployed(3);
            goesTo(1, first, new ActiveDeployment(3, third));
        }

        @Test
        void isRefusedAtTheFirstRelease() {
            deployed(1);
            prompt.refuses(DAN, rollBack(null, STAGING), Rule.ROLLBACK_TARGET_NOT_RELEASED, STAGING + NOTHING_BEFORE, 1L);
        }

        @Test
        void isRefusedAtTheEndOfTheChain() {
            deployed(1);
            deployed(2);
            rolledBack(null);
            prompt.refuses(DAN, rollBack(null, STAGING), Rule.ROLLBACK_TARGET_NOT_RELEASED, STAGING + NOTHING_BEFORE, 1L);
        }

        @Test
        void isRefusedWhereNothingWasEverActive() {
            deployed(1);
            prompt.refuses(DAN, rollBack(null, PRODUCTION), Rule.ROLLBACK_TARGET_NOT_RELEASED, PRODUCTION + NOTHING_BEFORE,
                    1L);
        }
    }

    @Nested
    class ToATarget {
        private void isRefused(int version, String environment) {
            prompt.refuses(DAN, rollBack(version, environment), Rule.ROLLBACK_TARGET_NOT_RELEASED,
                    "%s (policy revision 1) never had version %d properly released, or it was rejected or revoked since;"
                            .formatted(
                                    environment, version)
                            + " a deployer can deploy it once it is approved",
                    1L);
        }

        @Test
        void goesToAnyReleaseThere() {
            String first = deployed(1);
            deployed(2);
            String third = deployed(3);
            prompt.records(DAN, rollBack(1, STAGING), 1, back(1, 1, first, new ActiveDeployment(3, third)));
        }

        @Test
        void goesForwardAgain() {
            deployed(1);
            String second = deployed(2);
            String back = rolledBack(null);
            prompt.records(DAN, rollBack(2, STAGING), 2, back(2, 1, second, new ActiveDeployment(1, back)));
        }

        @Test
        void worksInAFreezeAndWithoutNewApprovals() {
            String first = deployed(1);
            String second = deployed(2);
            prompt.policies().requireApprovals(STAGING, 2, false, false);
            prompt.policies().freeze(STAGING, "audit week");
            prompt.records(DAN, rollBack(1, STAGING), 1, back(1, 3, first, new ActiveDeployment(2, second)));
        }

        @Test
        void isRefusedWhenItIsActive() {
            deployed(1);
            prompt.refuses(DAN, rollBack(1, STAGING), Rule.ALREADY_ACTIVE,
                    "staging (policy revision 1) has version 1 active already; a deployer can roll back to another", 1L);
        }

        @Test
        void isRefusedWhenItWasNeverDeployedThere() {
            deployed(1);
            isRefused(2, STAGING);
        }

        @Test
        void isRefusedWhenItWasReleasedElsewhereOnly() {
            deployed(1);
            isRefused(1, PRODUCTION);
        }

        @Test
        void isRefusedWhenItDoesNotExist() {
            prompt.doesNotKnow(DAN, rollBack(5, STAGING), "version-not-found", "the prompt has no version 5");
        }

        @Test
        void isRefusedWhileArchived() {
            prompt.did(ADA, new ArchivePrompt(NAME, "replaced"));
            prompt.refuses(DAN, rollBack(1, STAGING), Rule.ARCHIVED, "the prompt is archived; an editor can restore it");
        }

        @Test
        void isRefusedWhenItWasRejectedSince() {
            deployed(1);
            deployed(2);
            prompt.did(CLEO, reject(1));
            isRefused(1, STAGING);
        }

        @Test
        void worksOnceTheRejectionIsWithdrawn() {
            String first = deployed(1);
            String second = deployed(2);
            prompt.did(CLEO, reject(1));
            prompt.did(CLEO, new WithdrawRejection(NAME, 1, "clarified"));
            prompt.records(DAN, rollBack(1, STAGING), 1, back(1, 1, first, new ActiveDeployment(2, second)));
        }

        @Test
        void isRefusedWhenItsApprovalWasRevokedSince() {
            prompt.did(BEN, approve(1));
            deployed(1);
            deployed(2);
            prompt.did(BEN, new RevokeApproval(NAME, 1, "new findings"));
            isRefused(1, STAGING);
        }

        @Test
        void isRefusedWhenItsApprovalWasRevokedAndAnotherGiven() {
            prompt.did(BEN, approve(1));
            deployed(1);
            deployed(2);
            prompt.did(BEN, new RevokeApproval(NAME, 1, "new findings"));
            prompt.did(CLEO, approve(1));
            isRefused(1, STAGING);
        }

        @Test
        void isRefusedWhenReleasedByAnUnreviewedEmergencyOnly() {
            prompt.did(DAN, emergency(1, STAGING));
            deployed(2);
            isRefused(1, STAGING);
        }

        @Test
        void isRefusedWhenReleasedByABadEmergencyOnly() {
            String emergency = prompt.did(DAN, emergency(1, STAGING));
            prompt.did(BEN, new ReviewEmergency(NAME, emergency, Verdict.BAD, "avoidable"));
            deployed(2);
            isRefused(1, STAGING);
        }

        @Test
        void goesToAGoodEmergency() {
            String emergency = prompt.did(DAN, emergency(1, STAGING));
            prompt.did(BEN, new ReviewEmergency(NAME, emergency, Verdict.GOOD, "it was right"));
            String second = deployed(2);
            prompt.records(DAN, rollBack(1, STAGING), 1, back(1, 1, emergency, new ActiveDeployment(2, second)));
        }

        @Test
        void prefersTheProperReleaseToTheEmergency() {
            String first = deployed(1);
            deployed(2);
            prompt.did(DAN, emergency(1, STAGING));
            String third = deployed(3);
            prompt.records(DAN, rollBack(1, STAGING), 1, back(1, 1, first, new ActiveDeployment(3, third)));
        }
    }
}
