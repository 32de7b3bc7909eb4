package io.promptaudit.command.prompt;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.Rule;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.command.trail.Actor;

import static io.promptaudit.command.prompt.PromptStory.*;
import static io.promptaudit.command.prompt.TestPolicies.PRODUCTION;
import static io.promptaudit.command.prompt.TestPolicies.STAGING;

/** How versions go live without approvals, and how that debt is closed. */
class PromptEmergencyTest {
    private final PromptStory prompt = new PromptStory().versions(2);
    private final TestPolicies policies = prompt.policies();

    @Nested
    class DeployingInAnEmergency {
        @Test
        void skipsApprovals() {
            prompt.records(DAN, emergency(1, PRODUCTION), 1, new PromptDeployed(NAME, 1, PRODUCTION, digest(1), "it is down",
                    "INC-7", true, 1, List.of(), List.of(), null, null));
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", " "})
        void needsATicket(@Nullable String ticket) {
            prompt.refuses(DAN, new DeployPrompt(NAME, 1, PRODUCTION, "it is down", ticket, true),
                    Rule.EMERGENCY_NEEDS_TICKET,
                    "production (policy revision 1) takes emergency deployments only with the ticket that explains them; the deployer can name it",
                    1L);
        }

        @Test
        void isRefusedWhereThePolicyForbidsIt() {
            policies.forbidEmergencies(PRODUCTION);
            prompt.refuses(DAN, emergency(1, PRODUCTION), Rule.EMERGENCY_NOT_ALLOWED,
                    "production (policy revision 2) allows no emergency deployments; an admin can allow them, and a deployer can deploy what is approved",
                    2L);
        }

        @Test
        void isRefusedInAFreeze() {
            policies.freeze(PRODUCTION, "audit week");
            prompt.refuses(DAN, emergency(1, PRODUCTION), Rule.FROZEN,
                    "production (policy revision 2) is frozen: audit week. An admin can lift the freeze; a rollback works meanwhile",
                    2L);
        }

        @Test
        void isRefusedForARejectedVersion() {
            prompt.did(CLEO, reject(1));
            prompt.refuses(DAN, emergency(1, PRODUCTION), Rule.VERSION_REJECTED,
                    "production (policy revision 1) takes no rejected version, and version 1 is; a reviewer can withdraw the rejection",
                    1L);
        }

        @Test
        void stillNeedsTheRequiredChecks() {
            policies.requireChecks(PRODUCTION, "evals");
            prompt.refuses(DAN, emergency(1, PRODUCTION), Rule.REQUIRED_CHECKS,
                    "production (policy revision 2) requires checks that have not passed for version 1: evals; an editor can record that they did",
                    2L);
        }
    }

    @Nested
    class ReviewingAnEmergency {
        private ReviewEmergency review(String deployment) {
            return new ReviewEmergency(NAME, deployment, Verdict.BAD, "it was avoidable");
        }

        @Test
        void closesTheDebt() {
            String deployment = prompt.did(DAN, emergency(1, PRODUCTION));
            prompt.records(BEN, review(deployment), 1,
                    new EmergencyReviewed(NAME, 1, PRODUCTION, deployment, Verdict.BAD, "it was avoidable"));
        }

        @Test
        void isRefusedToTheDeployer() {
            String deployment = prompt.did(DAN, emergency(1, PRODUCTION));
            prompt.refuses(DAN, review(deployment), Rule.DEPLOYER_MAY_NOT_REVIEW,
                    "whoever deployed in an emergency does not close its debt; another reviewer can");
        }

        /** An agent, a service that acts for the deployer, and the server that executes what the deployer scheduled. */
        @ParameterizedTest
        @ValueSource(strings = {"dan-agent", "ci", "system"})
        void isRefusedToWhoeverActsForTheDeployer(String account) {
            String deployment = prompt.did(DAN, emergency(1, PRODUCTION));
            prompt.refuses(new Actor(account, "dan"), review(deployment), Rule.DEPLOYER_MAY_NOT_REVIEW,
                    "whoever deployed in an emergency does not close its debt; another reviewer can");
        }

        @ParameterizedTest
        @ValueSource(strings = {"dan-agent", "ci", "system"})
        void isRefusedToThePersonBehindTheDeployer(String account) {
            String deployment = prompt.did(new Actor(account, "dan"), emergency(1, PRODUCTION));
            prompt.refuses(DAN, review(deployment), Rule.DEPLOYER_MAY_NOT_REVIEW,
                    "whoever deployed in an emergency does not close its debt; another reviewer can");
        }

        @Test
        void isRefusedToTheDeployerWithAnotherCredential() {
            String deployment = prompt.did(DAN, emergency(1, PRODUCTION));
            prompt.refusesWith(Map.of(EventMetadata.CREDENTIAL, "key:pk-1"), DAN, review(deployment),
                    Rule.DEPLOYER_MAY_NOT_REVIEW,
                    "whoever deployed in an emergency does not close its debt; another reviewer can");
        }

        @Test
        void isRefusedTheSecondTime() {
            String deployment = prompt.did(DAN, emergency(1, PRODUCTION));
            prompt.did(BEN, review(deployment));
            prompt.refuses(CLEO, review(deployment), Rule.NO_OPEN_EMERGENCY,
                    "the deployment was no emergency, or a reviewer has closed its debt");
        }

        @Test
        void isRefusedForAnOrdinaryDeployment() {
            String deployment = prompt.did(DAN, deploy(1, STAGING));
            prompt.refuses(CLEO, review(deployment), Rule.NO_OPEN_EMERGENCY,
                    "the deployment was no emergency, or a reviewer has closed its debt");
        }

        @Test
        void findsNoDeploymentOfThatId() {
            prompt.did(DAN, emergency(1, PRODUCTION));
            prompt.doesNotKnow(BEN, review("nonsense"), "deployment-not-found", "the prompt has no deployment with this id");
        }
    }
}
