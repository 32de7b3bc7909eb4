package io.promptaudit.ledger.release;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.verification.Finding;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.Verdict;

import static io.promptaudit.ledger.release.Story.policy;
import static io.promptaudit.ledger.release.Story.replaced;
import static org.assertj.core.api.Assertions.assertThat;

/** Each rule by itself: what it lets through, and what it does not. */
class ReleaseCheckTest {
    private final Story story = Story.begun();

    private void good() {
        assertThat(story.decided().first()).isEmpty();
        assertThat(story.decidedWithEveryAccount().first()).isEmpty();
    }

    /** The latest event breaks the rule, and it alone. */
    private void broken(String rule) {
        found(Verdict.CONTRADICTED, rule + ": ");
    }

    private void found(Verdict verdict, String detail) {
        Findings findings = story.decided();
        assertThat(findings.first()).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(verdict);
            assertThat(finding.check()).isEqualTo("rule");
            assertThat(finding.detail()).startsWith("event event-%d, position %d".formatted(story.lines().size(),
                    story.lines().size())).contains(detail);
        });
    }

    private String approvedByBen(int version) {
        return story.approve("ben", version) + " ben";
    }

    /** A version that ada wrote, ben approved and dan deployed. */
    private String released(int version, String replaced) {
        story.write("ada", version);
        return story.deploy("dan", version, 1, replaced, approvedByBen(version));
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        story.write("ada", 1);
        story.deploy("dan", 1);
        assertThat(story.decided().first()).containsExactly(new Finding(Verdict.CONTRADICTED, "rule",
                "event event-9, position 9 (PromptDeployed of clinical/intake version 1 in production): "
                        + "required-approvals: policy revision 1 requires 1 approval(s), and 0 count"));
    }

    @Test
    void letsThroughWhatWasApproved() {
        released(1, "");
        good();
    }

    @Test
    void authorsDoNotApprove() {
        story.write("ada", 1);
        story.approve("ada", 1);
        broken("author-may-not-approve");
    }

    @Test
    void anAuthorsApprovalDoesNotCountWhereItCountsElsewhere() {
        story.policy("staging", policy("\"authorMayApprove\":true,"));
        story.write("ada", 1);
        String approval = story.approve("ada", 1);
        good();
        story.deploy("dan", 1, approval + " ada");
        broken("required-approvals");
    }

    @Test
    void twoActsAreTwoPeoplesOnlyWhereTheyShareNoName() {
        story.account("ci", "service", "editor", "reviewer");
        story.add("account:ada", "DelegateAllowed", "ada", "\"account\":\"ada\",\"delegate\":\"ci\"");
        story.add("account:ben", "DelegateAllowed", "ben", "\"account\":\"ben\",\"delegate\":\"ci\"");
        story.policy("staging", policy("\"authorMayApprove\":true,"));
        story.write("ci/ada", 1);
        String approval = story.approve("ci/ben", 1);
        good();
        story.deploy("dan", 1, approval + " ci");
        broken("required-approvals");
    }

    @Test
    void nobodyActsForWhoDoesNotLetThem() {
        story.account("ci", "service", "editor");
        story.write("ci/ada", 1);
        broken("not-a-delegate");
    }

    @Test
    void agentsActForTheirPersonOnly() {
        story.account("bot", "agent", "editor");
        story.add("account:eve", "DelegateAllowed", "eve", "\"account\":\"eve\",\"delegate\":\"bot\"");
        story.write("bot/eve", 1);
        broken("not-a-delegate");
    }

    @Test
    void authorsSinceTheReleaseAreAuthors() {
        story.policy("production", policy("\"authorsSinceRelease\":true,"));
        story.policy("staging", policy("\"authorMayApprove\":true,"));
        story.write("ada", 1);
        String first = story.deploy("dan", 1, 2, "", approvedByBen(1));
        story.write("eve", 2);
        story.write("ada", 3);
        String approval = story.approve("eve", 3);
        good();
        story.deploy("dan", 3, 2, replaced(1, first), approval + " eve");
        broken("required-approvals");
    }

    @Test
    void whatIsRevokedDoesNotCount() {
        story.write("ada", 1);
        String approval = story.approve("ben", 1);
        story.prompt("ben", "ApprovalRevoked", "\"version\":1,\"approvals\":[\"%s\"],\"reason\":\"r\"".formatted(approval));
        good();
        story.deploy("dan", 1, approval + " ben");
        broken("required-approvals");
    }

    @Test
    void onesOwnApprovalIsRevokedBeforeOthers() {
        story.write("ada", 1);
        story.approve("ben", 1);
        String other = story.approve("cleo", 1);
        story.prompt("ben", "ApprovalRevoked", "\"version\":1,\"approvals\":[\"%s\"],\"reason\":\"r\"".formatted(other));
        broken("not-approved");
    }

    @Test
    void whatIsRejectedIsNotDeployed() {
        story.write("ada", 1);
        String approval = approvedByBen(1);
        story.prompt("cleo", "PromptRejected", "\"version\":1,\"reason\":\"r\"");
        good();
        story.deploy("dan", 1, approval);
        broken("version-rejected");
    }

    @Test
    void authorsDoNotWithdrawWhatOthersReject() {
        story.write("ada", 1);
        String rejection = story.prompt("cleo", "PromptRejected", "\"version\":1,\"reason\":\"r\"");
        story.prompt("ada", "RejectionWithdrawn", "\"version\":1,\"rejections\":[\"%s\"],\"reason\":\"r\"".formatted(rejection));
        broken("author-may-not-approve");
    }

    @Test
    void aDeploymentNamesTheApprovalsThatCount() {
        story.write("ada", 1);
        story.approve("ben", 1);
        String other = story.approve("cleo", 1);
        story.deploy("dan", 1, other + " cleo");
        broken("counted-approvals");
    }

    @Test
    void placesAreFilledByRolesAndGroupsOfThatMoment() {
        story.policy("production",
                policy("\"requiredApprovals\":0,\"approvals\":[{\"group\":\"medical\",\"count\":1},{\"role\":\"reviewer\",\"count\":1}],"));
        story.add("account:ben", "GroupsChanged", "admin", "\"account\":\"ben\",\"groups\":[\"medical\"]");
        story.write("ada", 1);
        String first = story.approve("ben", 1, ",\"roles\":[\"reviewer\"],\"groups\":[\"medical\"]") + " ben";
        int at = story.lines().size();
        story.deploy("dan", 1, 2, "", first);
        broken("required-approvals");
        story.lines().subList(at, at + 1).clear();
        String second = story.approve("cleo", 1, ",\"roles\":[\"reviewer\"],\"groups\":[]") + " cleo";
        story.deploy("dan", 1, 2, "", first, second);
        good();
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"roles\":[\"deployer\"]", ",\"groups\":[\"medical\"]"})
    void nobodySignsWithWhatTheyDoNotHave(String field) {
        story.write("ada", 1);
        story.approve("ben", 1, field);
        broken("signer");
    }

    @Test
    void signaturesAreFreshWhereThePolicyAsks() {
        story.policy("production", policy("\"reauthenticateWithin\":\"PT15M\","));
        story.policy("staging", Story.ONE);
        story.write("ada", 1);
        String approval = story.approve("ben", 1,
                ",\"authenticatedAt\":\"%s\"".formatted(story.now().minus(Duration.ofMinutes(16))));
        good();
        int at = story.lines().size();
        story.deploy("dan", 1, 2, "", approval + " ben");
        broken("required-approvals");
        story.lines().subList(at, at + 1).clear();
        String fresh = story.approve("cleo", 1,
                ",\"authenticatedAt\":\"%s\"".formatted(story.now().minus(Duration.ofMinutes(13))));
        story.deploy("dan", 1, 2, "", fresh + " cleo");
        good();
    }

    @Test
    void whoApprovedDoesNotDeployWhereThePolicySaysSo() {
        story.policy("production", policy("\"approverMayDeploy\":false,"));
        story.write("ada", 1);
        String approval = story.approve("dan", 1);
        story.deploy("dan", 1, 2, "", approval + " dan");
        broken("approver-may-not-deploy");
    }

    @Test
    void theLatestOutcomeOfACheckCounts() {
        story.policy("production", policy("\"requiredChecks\":[\"evals\"],"));
        story.write("ada", 1);
        String approval = approvedByBen(1);
        String passed = story.prompt("ada", "CheckRecorded", "\"version\":1,\"name\":\"evals\",\"outcome\":\"passed\"");
        String fields = ",\"checks\":[{\"check\":\"%s\",\"name\":\"evals\"}]".formatted(passed);
        int at = story.lines().size();
        story.deploy("dan", 1, 2, fields, approval);
        good();
        story.lines().subList(at, at + 1).clear();
        story.prompt("ada", "CheckRecorded", "\"version\":1,\"name\":\"evals\",\"outcome\":\"failed\"");
        story.deploy("dan", 1, 2, fields, approval);
        broken("required-checks");
    }

    @Test
    void aFreezeStopsDeployments() {
        story.write("ada", 1);
        String approval = approvedByBen(1);
        story.policy("production", policy("\"frozen\":{\"reason\":\"holidays\"},"));
        story.deploy("dan", 1, 2, "", approval);
        broken("frozen");
    }

    @Test
    void aFreezeWindowStopsWhatIsDecidedInIt() {
        story.write("ada", 1);
        String approval = approvedByBen(1);
        String window = policy("\"freezeWindows\":[{\"from\":\"%s\",\"until\":\"%s\",\"reason\":\"r\"}],"
                .formatted(story.now().plusSeconds(115), story.now().plusSeconds(1000)));
        story.policy("production", window);
        int at = story.lines().size();
        story.deploy("dan", 1, 2, "", approval);
        // It can have been decided just before, and been dated just after.
        good();
        story.lines().subList(at, at + 1).clear();
        story.pass(Duration.ofMinutes(1));
        story.deploy("dan", 1, 2, "", approval);
        broken("frozen");
    }

    @Test
    void anEmergencyNeedsLeaveAndATicket() {
        story.write("ada", 1);
        int at = story.lines().size();
        story.deploy("dan", 1, 1, ",\"emergency\":true,\"ticket\":\"INC-7\"");
        good();
        story.lines().subList(at, at + 1).clear();
        story.deploy("dan", 1, 1, ",\"emergency\":true");
        broken("emergency-needs-ticket");
        story.lines().subList(at, at + 1).clear();
        story.policy("production", policy("\"emergencyAllowed\":false,"));
        story.deploy("dan", 1, 2, ",\"emergency\":true,\"ticket\":\"INC-7\"");
        broken("emergency-not-allowed");
    }

    @Test
    void somebodyElseClosesAnEmergencysDebt() {
        story.write("ada", 1);
        String deployment = story.deploy("dan", 1, 1, ",\"emergency\":true,\"ticket\":\"INC-7\"");
        String review = "\"version\":1,\"environment\":\"production\",\"deployment\":\"%s\",\"verdict\":\"good\",\"comment\":\"c\""
                .formatted(deployment);
        int at = story.lines().size();
        story.prompt("dan", "EmergencyReviewed", review);
        broken("deployer-may-not-review");
        story.lines().subList(at, at + 1).clear();
        story.prompt("ben", "EmergencyReviewed", review);
        good();
        story.prompt("cleo", "EmergencyReviewed", review);
        broken("no-open-emergency");
    }

    @Test
    void aRollbackLeadsToWhatWasProperlyReleased() {
        String first = released(1, "");
        String second = released(2, replaced(1, first));
        int at = story.lines().size();
        story.rollBack("dan", 1, first, replaced(2, second));
        good();
        story.lines().subList(at, at + 1).clear();
        story.prompt("ben", "PromptRejected", "\"version\":1,\"reason\":\"r\"");
        story.rollBack("dan", 1, first, replaced(2, second));
        broken("rollback-target-not-released");
    }

    @Test
    void aBadEmergencyIsNoTarget() {
        story.write("ada", 1);
        String emergency = story.deploy("dan", 1, 1, ",\"emergency\":true,\"ticket\":\"INC-7\"");
        story.prompt("ben", "EmergencyReviewed",
                "\"version\":1,\"environment\":\"production\",\"deployment\":\"%s\",\"verdict\":\"bad\",\"comment\":\"c\""
                        .formatted(emergency));
        String second = released(2, replaced(1, emergency));
        story.rollBack("dan", 1, emergency, replaced(2, second));
        broken("rollback-target-not-released");
    }

    @Test
    void aWithdrawalEndsWhatIsActive() {
        String first = released(1, "");
        int at = story.lines().size();
        story.prompt("dan", "PromptWithdrawn",
                "\"version\":1,\"environment\":\"production\",\"deployment\":\"other\",\"reason\":\"r\"");
        broken("nothing-active");
        story.lines().subList(at, at + 1).clear();
        story.prompt("dan", "PromptWithdrawn",
                "\"version\":1,\"environment\":\"production\",\"deployment\":\"%s\",\"reason\":\"r\"".formatted(first));
        good();
    }

    @Test
    void whatItReplacesWasActive() {
        released(1, "");
        released(2, "");
        broken("replaced");
    }

    @Test
    void thePolicyInForceDecides() {
        story.write("ada", 1);
        String approval = approvedByBen(1);
        story.policy("production", policy("\"requiredApprovals\":2,"));
        story.deploy("dan", 1, 1, "", approval);
        broken("policy-revision");
    }

    @Test
    void policiesAreCountedWithoutAHole() {
        story.add("environment:production", "ReleasePolicyChanged", "admin",
                "\"environment\":\"production\",\"revision\":3,\"reason\":\"r\",\"policy\":" + Story.ONE);
        broken("policy-revision");
    }

    @Test
    void twoAdminsChangeAPolicy() {
        story.account("moe", "person", "admin");
        String proposal = story.add("environment:production", "PolicyChangeProposed", "admin",
                "\"environment\":\"production\",\"basedOn\":1,\"reason\":\"r\",\"policy\":" + Story.ONE);
        String confirmed = "\"environment\":\"production\",\"revision\":2,\"reason\":\"r\",\"confirms\":\"%s\",\"policy\":%s";
        int at = story.lines().size();
        story.add("environment:production", "ReleasePolicyChanged", "admin", confirmed.formatted(proposal, Story.ONE));
        broken("proposer-may-not-confirm");
        story.lines().subList(at, at + 1).clear();
        story.add("environment:production", "ReleasePolicyChanged", "moe",
                confirmed.formatted(proposal, policy("\"requiredApprovals\":0,")));
        broken("confirmed-change");
        story.lines().subList(at, at + 1).clear();
        story.add("environment:production", "ReleasePolicyChanged", "moe", confirmed.formatted(proposal, Story.ONE));
        good();
    }

    @Test
    void onlyAdminsChangePoliciesAndGrants() {
        int at = story.lines().size();
        story.add("environment:production", "ReleasePolicyChanged", "dan",
                "\"environment\":\"production\",\"revision\":2,\"reason\":\"r\",\"policy\":" + Story.ONE);
        broken("missing-grant");
        story.lines().subList(at, at + 1).clear();
        story.add("account:dan", "GrantsChanged", "dan", "\"account\":\"dan\",\"grants\":[]");
        broken("missing-grant");
    }

    @ParameterizedTest
    @CsvSource({"environment:production,ReleasePolicyChanged", "account:dan,GrantsChanged"})
    void nobodyUnknownIsAnAdmin(String aggregate, String type) {
        story.add(aggregate, type, "ghost",
                "\"environment\":\"production\",\"revision\":2,\"reason\":\"r\",\"policy\":%s,\"account\":\"dan\",\"grants\":[]"
                        .formatted(Story.ONE));
        assertThat(story.decided().first()).containsExactly(new Finding(Verdict.INCOMPLETE, "rule",
                "the pack does not tell what account:ghost might do when it acted"));
        assertThat(story.decidedWithEveryAccount().first()).containsExactly(new Finding(Verdict.CONTRADICTED, "rule",
                "event event-8, position 8 (%s in production): missing-grant: there is no account ghost".formatted(type)));
    }

    @Test
    void whereEveryAccountIsThereNobodyUnknownActs() {
        story.write("ghost", 1);
        assertThat(story.decided().verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(story.decidedWithEveryAccount().verdict()).isEqualTo(Verdict.CONTRADICTED);
    }

    @Test
    void theServerMakesTheFirstPoliciesAlone() {
        String change = "\"environment\":\"%s\",\"revision\":%d,\"reason\":\"r\",\"policy\":" + Story.ONE;
        story.add("environment:staging", "ReleasePolicyChanged", "system", change.formatted("staging", 1));
        good();
        int at = story.lines().size();
        story.add("environment:production", "ReleasePolicyChanged", "system", change.formatted("production", 2));
        broken("missing-grant");
        story.lines().subList(at, at + 1).clear();
        story.add("environment:canary", "ReleasePolicyChanged", "system", change.formatted("canary", 1));
        broken("missing-grant");
        story.lines().subList(at, at + 1).clear();
        story.add("environment:staging", "PolicyChangeProposed", "system",
                "\"environment\":\"staging\",\"basedOn\":1,\"reason\":\"r\",\"policy\":" + Story.ONE);
        broken("missing-grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"password\":true,", ""})
    void theServerMakesNoAccountThatSomebodyElseCouldUse(String password) {
        story.add("account:mallory", "AccountCreated", "system",
                "\"account\":\"mallory\",\"kind\":\"person\",%s\"grants\":[{\"role\":\"admin\",\"prompts\":\"**\"}]"
                        .formatted(password));
        if (password.isEmpty()) {
            good();
            story.add("account:dan", "GrantsChanged", "mallory", "\"account\":\"dan\",\"grants\":[]");
        }
        broken("missing-grant");
    }

    @Test
    void theServerGivesWhatSingleSignOnMeans() {
        String nina = "\"account\":\"nina\"";
        story.add("account:nina", "AccountCreated", "system",
                nina + ",\"kind\":\"person\",\"password\":false,\"grants\":[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        story.add("account:nina", "GroupsChanged", "system", nina + ",\"groups\":[\"medical\"]");
        story.add("account:nina", "IdentityLinked", "system", nina + ",\"identity\":{}");
        story.add("account:nina", "GrantsChanged", "system",
                nina + ",\"grants\":[{\"role\":\"editor\",\"prompts\":\"clinical/**\"}]");
        story.add("account:nina", "GroupsChanged", "system", nina + ",\"groups\":[]");
        story.write("nina", 1);
        good();
        story.add("account:nina", "IdentityLinked", "system", nina + ",\"identity\":{}");
        broken("missing-grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GrantsChanged", "GroupsChanged", "IdentityLinked", "AccountUnlocked", "DelegateAllowed", "KeyCreated"})
    void theServerChangesNoAccountThatAPersonMade(String type) {
        story.add("account:dan", type, "system",
                "\"account\":\"dan\",\"grants\":[],\"groups\":[],\"delegate\":\"ada\",\"key\":\"pk-1\"");
        broken("missing-grant");
    }

    @Test
    void theServerMakesTheFirstAdminOnce() {
        story.add("account:admin", "AccountCreated", "system", "\"account\":\"admin\",\"kind\":\"person\",\"password\":true");
        broken("account-exists");
        story.lines().removeIf(line -> line.event().aggregateId().equals("account:admin"));
        story.add("account:admin", "AccountCreated", "system", "\"account\":\"admin\",\"kind\":\"person\",\"password\":true");
        assertThat(story.decided().verdict()).isEqualTo(Verdict.CONTRADICTED);
    }

    @Test
    void versionsAreCountedWithoutAHole() {
        story.write("ada", 1);
        story.write("ada", 3);
        broken("version-number");
    }

    @Test
    void theDigestIsThatOfTheContent() {
        story.write("ada", 1);
        String digest = story.digest(1);
        story.prompt("ada", "PromptEdited", ("\"version\":2,\"basedOn\":1,\"type\":\"text\",\"content\":\"other\",\"config\":{},"
                + "\"note\":\"n\",\"digest\":\"%s\"").formatted(digest));
        broken("digest");
    }

    @Test
    void theDigestIsThatOfCanonicalJson() {
        // Digest of {"config":{"a":1000000,"b":0.25},"content":"é","type":"text"}.
        story.prompt("ada", "PromptCreated", ("\"type\":\"text\",\"content\":\"\\u00e9\",\"config\":{\"b\":2.5e-1,\"a\":1e6},"
                + "\"note\":\"n\",\"digest\":\"sha256:e4a5b4377e404e1486bf58a685dc3d3188aea1d8786da4e02113ef5acac70326\""));
        good();
    }

    @Test
    void anImportIsRecordedOnce() {
        story.write("ada", 1);
        String line = "\"version\":%d,\"type\":\"text\",\"content\":\"Text 1\",\"config\":{},\"note\":\"n\",\"digest\":\""
                + story.digest(1)
                + "\",\"claimedAuthor\":\"grace\",\"claimedAt\":\"2024\"";
        story.prompt("ada", "VersionImported", line.formatted(2));
        good();
        story.prompt("ada", "VersionImported", line.formatted(3));
        broken("already-imported");
    }

    @Test
    void aScheduleIsExecutedAsItWasMade() {
        story.write("ada", 1);
        String approval = approvedByBen(1);
        String schedule = story.prompt("dan", "DeploymentScheduled",
                "\"version\":1,\"environment\":\"production\",\"digest\":\"%s\",\"reason\":\"ready\",\"at\":\"%s\"".formatted(
                        story.digest(1),
                        story.now().plusSeconds(100)));
        String executed = ",\"schedule\":\"%s\"".formatted(schedule);
        int at = story.lines().size();
        story.deploy("system/dan", 1, 1, executed, approval);
        good();
        story.lines().subList(at, at + 1).clear();
        story.deploy("system/ada", 1, 1, executed, approval);
        broken("schedule");
        story.lines().subList(at, at + 1).clear();
        story.deploy("system/dan", 1, 1, "", approval);
        broken("missing-grant");
        story.lines().subList(at, at + 1).clear();
        story.grants("dan", "reviewer");
        story.deploy("system/dan", 1, 1, executed, approval);
        broken("missing-grant");
    }

    @Test
    void aScheduleEndsOnce() {
        story.write("ada", 1);
        String schedule = story.prompt("dan", "DeploymentScheduled",
                "\"version\":1,\"environment\":\"production\",\"digest\":\"%s\",\"reason\":\"r\",\"at\":\"2027-01-01T00:00:00Z\""
                        .formatted(story.digest(1)));
        String cancelled = "\"version\":1,\"environment\":\"production\",\"schedule\":\"%s\",\"cause\":\"person\""
                .formatted(schedule);
        story.prompt("dan", "ScheduleCancelled", cancelled);
        good();
        story.prompt("dan", "ScheduleCancelled", cancelled);
        broken("schedule-not-pending");
    }

    @Test
    void whoActsHoldsTheRole() {
        story.write("ben", 1);
        broken("missing-grant");
    }

    @Test
    void whoActsIsNotLocked() {
        story.add("account:ada", "AccountLocked", "admin", "\"account\":\"ada\",\"reason\":\"r\"");
        story.write("ada", 1);
        broken("missing-grant");
    }

    @Test
    void aKeyIsALimit() {
        story.add("account:ada", "KeyCreated", "ada",
                "\"account\":\"ada\",\"key\":\"pk-1\",\"name\":\"n\",\"grants\":[{\"role\":\"viewer\",\"prompts\":\"**\"}]");
        int at = story.lines().size();
        story.add("prompt:" + Story.PROMPT, "PromptCreated", "ada", "\"prompt\":\"clinical/intake\"",
                ",\"credential\":\"key:pk-1\"");
        broken("missing-grant");
        story.lines().subList(at, at + 1).clear();
        story.add("account:ada", "KeyRevoked", "ada", "\"account\":\"ada\",\"key\":\"pk-1\"");
        story.add("prompt:" + Story.PROMPT, "PromptCreated", "ada", "\"prompt\":\"clinical/intake\"",
                ",\"credential\":\"key:pk-1\"");
        broken("key-ended");
    }

    @Test
    void anArchivedPromptTakesNothing() {
        story.write("ada", 1);
        story.prompt("ada", "PromptArchived", "\"reason\":\"r\"");
        good();
        story.write("ada", 2);
        broken("archived");
    }

    @Test
    void whatIsActiveIsNotArchived() {
        released(1, "");
        story.prompt("ada", "PromptArchived", "\"reason\":\"r\"");
        broken("still-active");
    }

    @Test
    void aPayloadSpeaksOfItsOwnAggregate() {
        story.add("prompt:other", "PromptCreated", "ada", "\"prompt\":\"clinical/intake\"");
        broken("own-stream");
    }

    @ParameterizedTest
    @CsvSource({"PromptDeployed,hidden:clinical/intake", "PromptDeployed,account:ada", "ReleasePolicyChanged,server:policies",
            "ReleasePolicyChanged,prompt:clinical/intake", "GrantsChanged,event:1", "GrantsChanged,environment:production",
            "AccountCreated,Account:eve", "EpochOpened,server:ledgers", "LedgerKeysRotated,event:1"})
    void nothingThatDecidesStandsElsewhere(String type, String aggregate) {
        story.add(aggregate, type, "admin", "");
        broken("own-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EpochOpened", "LedgerKeysRotated"})
    void onlyAdminsDecideOnTheLedger(String type) {
        story.add("server:ledger", type, "admin", "");
        good();
        story.add("server:ledger", type, "dan", "");
        broken("missing-grant");
    }

    @Test
    void theServerDecidesNothingOnTheLedger() {
        story.add("server:ledger", "EpochOpened", "system", "");
        broken("missing-grant");
    }

    @Test
    void whatElseIsRecordedStandsWhereItWill() {
        story.add("server:journal", "SettingChanged", "system", "");
        story.add("server:journal", "PromptPraised", "system", "");
        good();
    }

    @Test
    void whatThePackDoesNotTellIsMissing() {
        story.lines().removeIf(line -> line.event().aggregateId().equals("environment:production"));
        story.write("ada", 1);
        story.policy("staging", Story.ONE);
        String approval = approvedByBen(1);
        story.deploy("dan", 1, approval);
        assertThat(story.decided().first()).singleElement().satisfies(finding -> assertThat(finding.verdict())
                .isEqualTo(Verdict.INCOMPLETE))
                .satisfies(finding -> assertThat(finding.detail()).contains("does not tell the policy of production"));
    }

    @Test
    void anAccountThatThePackDoesNotTellIsMissingOnce() {
        story.lines().removeIf(line -> line.event().aggregateId().equals("account:ada"));
        story.write("ada", 1);
        story.write("ada", 2);
        assertThat(story.decided().first()).containsExactly(new Finding(Verdict.INCOMPLETE, "rule",
                "the pack does not tell what account:ada might do when it acted"));
    }

    @Test
    void whatIsNotKnownIsSaid() {
        story.write("ada", 1);
        story.prompt("ada", "PromptPraised", "");
        found(Verdict.INCOMPLETE, "does not know events of type io.promptaudit.api.event.PromptPraised");
    }

    @Test
    void aTornHistoryIsSaidAndNotGuessed() {
        var findings = new Findings();
        var check = new ReleaseCheck(findings);
        check.tear("prompt:a");
        assertThat(findings.first()).containsExactly(
                new Finding(Verdict.INCOMPLETE, "rule", "prompt:a cannot be decided again from there on"));
    }

    @Test
    void whatIsNotReadableContradicts() {
        story.add("prompt:" + Story.PROMPT, "PromptCreated", "ada", "\"prompt\":1");
        found(Verdict.CONTRADICTED, "payload.prompt: is no string");
    }
}
