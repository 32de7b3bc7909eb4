package io.promptaudit.server.trail;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.api.Rule;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Four eyes are two persons: whatever key, agent or service somebody uses, it is the same person who asks. And the secret of a
 * service is one pair of eyes, whomever it acts for.
 */
class SamePersonIT {
    private static final String ALL = """
            [{"role":"editor","prompts":"clinical/**"},{"role":"reviewer","prompts":"clinical/**"},
             {"role":"deployer","prompts":"clinical/**","environments":["production","strict"]}]""";
    private static final String[] NOBODY = {};
    private static final String[] FOR_ADA = {"On-Behalf-Of", "ada"};
    private static final String[] FOR_BEN = {"On-Behalf-Of", "ben"};
    private static final String[] FOR_CLEO = {"On-Behalf-Of", "cleo"};
    private static final String REASON = "{\"reason\":\"r\"}";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        server.account("ada", ALL);
        server.account("ben", ALL);
        server.account("cleo", ALL);
        other("ada-bot", "\"kind\":\"agent\",\"actsFor\":\"ada\"");
        other("ben-bot", "\"kind\":\"agent\",\"actsFor\":\"ben\"");
        other("ci", "\"kind\":\"service\"");
        allow("ada", "ada-bot");
        allow("ada", "ci");
        allow("ben", "ben-bot");
        allow("ben", "ci");
        allow("cleo", "ci");
        assertThat(server.put("admin", "/api/v1/environments/production/policy", """
                {"requiredApprovals":1,"authorMayApprove":false,"approverMayDeploy":false,"requiredChecks":[],
                 "emergencyAllowed":true,"frozen":null,"reason":"four eyes"}""").status()).isEqualTo(200);
        assertThat(server.put("admin", "/api/v1/environments/strict/policy", """
                {"requiredApprovals":1,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":[],
                 "emergencyAllowed":true,"frozen":null,"authorsSinceRelease":true,"reason":"every author"}""").status())
                .isEqualTo(200);
    }

    private static void other(String id, String kind) {
        done(server.post("admin", "/api/v1/accounts",
                "{\"id\":\"%s\",\"displayName\":\"%s\",%s,\"password\":\"%s\",\"grants\":%s}"
                        .formatted(id, id, kind, TestServer.PASSWORD, ALL)));
    }

    private static void allow(String person, String delegate) {
        assertThat(server.put(person, "/api/v1/accounts/" + person + "/delegates/" + delegate, "{}").status()).isEqualTo(200);
    }

    private static String key(String account) {
        Answer made = done(server.post(account, "/api/v1/accounts/" + account + "/keys", "{\"name\":\"other\"}"));
        return "Bearer " + made.at("secretKey");
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    @AfterAll
    static void stop() {
        SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        server.close();
    }

    private static String prompt(String name) {
        return "{\"name\":\"clinical/%s\",\"type\":\"text\",\"content\":\"one\",\"note\":\"n\"}".formatted(name);
    }

    private static String at(String name, String rest) {
        return "/api/v1/prompts/clinical%2F" + name + rest;
    }

    private static final String EMERGENCY = "{\"version\":1,\"environment\":\"production\",\"reason\":\"r\","
            + "\"ticket\":\"INC-1\",\"emergency\":true}";
    private static final String DEPLOYMENT = "{\"version\":1,\"environment\":\"production\",\"reason\":\"r\"}";

    /** Refused by the rule, and the trail says to whom, acting for whom, by what, on what. */
    private static void refused(Answer answer, Rule rule, String actor, @Nullable String person, String prompt) {
        assertThat(refusal(answer, rule, actor, person, prompt).path("version").asInt()).isEqualTo(1);
    }

    private static JsonNode refusal(Answer answer, Rule rule, String actor, @Nullable String person, String prompt) {
        assertThat(answer.at("rule")).as(answer.text()).isEqualTo(rule.id());
        JsonNode entry = server.after(answer, "admin", "/api/v1/audit?outcome=refused&limit=1").json().path("items").get(0);
        assertThat(entry.path("eventId").asString()).isEqualTo(answer.at("eventId"));
        assertThat(entry.path("rule").asString()).isEqualTo(rule.id());
        assertThat(entry.path("actor").asString()).isEqualTo(actor);
        assertThat(entry.path("onBehalfOf").asString("")).isEqualTo(person == null ? "" : person);
        assertThat(entry.path("prompt").asString()).isEqualTo("clinical/" + prompt);
        assertThat(entry.path("sentence").asString())
                .startsWith(person == null ? actor + " was refused" : actor + " on behalf of " + person + " was refused");
        return entry;
    }

    @Test
    void theAuthorApprovesByNoOtherKeyAgentOrService() {
        done(server.post("ada", "/api/v1/prompts", prompt("own")));
        String approvals = at("own", "/versions/1/approvals");
        Rule rule = Rule.AUTHOR_MAY_NOT_APPROVE;
        refused(server.post("ada", approvals, "{}"), rule, "ada", null, "own");
        refused(server.post(key("ada"), approvals, "{}"), rule, "ada", null, "own");
        refused(server.post("ada-bot", approvals, "{}"), rule, "ada-bot", "ada", "own");
        refused(server.post("ci", approvals, "{}", FOR_ADA), rule, "ci", "ada", "own");
        done(server.post("ci", approvals, "{}", FOR_BEN));
    }

    @Test
    void nobodyApprovesWhatTheyWroteByAnother() {
        String[][] authors = {{"ada-bot", "bot"}, {"ci", "service"}};
        for (String[] author : authors) {
            String name = author[1];
            done(server.post(author[0], "/api/v1/prompts", prompt(name), author[0].equals("ci") ? FOR_ADA : NOBODY));
            String approvals = at(name, "/versions/1/approvals");
            refused(server.post("ada", approvals, "{}"), Rule.AUTHOR_MAY_NOT_APPROVE, "ada", null, name);
            refused(server.post(key("ada"), approvals, "{}"), Rule.AUTHOR_MAY_NOT_APPROVE, "ada", null, name);
            done(server.post("ben-bot", approvals, "{}"));
        }
    }

    @Test
    void theApproverDeploysByNoOtherKeyAgentOrService() {
        done(server.post("ada", "/api/v1/prompts", prompt("approved")));
        done(server.post("ben", at("approved", "/versions/1/approvals"), "{}"));
        String deployments = at("approved", "/deployments");
        Rule rule = Rule.APPROVER_MAY_NOT_DEPLOY;
        refused(server.post("ben", deployments, DEPLOYMENT), rule, "ben", null, "approved");
        refused(server.post(key("ben"), deployments, DEPLOYMENT), rule, "ben", null, "approved");
        refused(server.post("ben-bot", deployments, DEPLOYMENT), rule, "ben-bot", "ben", "approved");
        refused(server.post("ci", deployments, DEPLOYMENT, FOR_BEN), rule, "ci", "ben", "approved");
        done(server.post("ci", deployments, DEPLOYMENT, FOR_ADA));
    }

    @Test
    void twoWaysOfOnePersonAreOneApproval() {
        done(server.post("ada", "/api/v1/prompts", prompt("twice")));
        String approvals = at("twice", "/versions/1/approvals");
        done(server.post("ben", approvals, "{}"));
        refused(server.post("ben-bot", approvals, "{}"), Rule.ALREADY_APPROVED, "ben-bot", "ben", "twice");
        refused(server.post("ci", approvals, "{}", FOR_BEN), Rule.ALREADY_APPROVED, "ci", "ben", "twice");
    }

    @Test
    void whoDeployedInAnEmergencyClosesItsDebtByNoOther() {
        done(server.post("ada", "/api/v1/prompts", prompt("urgent")));
        String review = review(done(server.post("ben-bot", at("urgent", "/deployments"), EMERGENCY)));
        String reviews = at("urgent", "/emergency-reviews");
        Rule rule = Rule.DEPLOYER_MAY_NOT_REVIEW;
        refusal(server.post("ben", reviews, review), rule, "ben", null, "urgent");
        refusal(server.post(key("ben"), reviews, review), rule, "ben", null, "urgent");
        refusal(server.post("ci", reviews, review, FOR_BEN), rule, "ci", "ben", "urgent");
        done(server.post("ada-bot", reviews, review));
    }

    private static String review(Answer deployed) {
        return "{\"deployment\":\"%s\",\"verdict\":\"good\",\"comment\":\"c\"}".formatted(deployed.at("eventId"));
    }

    @Test
    void aServiceDoesNotApproveWhatItWroteForAPerson() {
        done(server.post("ci", "/api/v1/prompts", prompt("written-for"), FOR_ADA));
        String approvals = at("written-for", "/versions/1/approvals");
        refused(server.post("ci", approvals, "{}"), Rule.AUTHOR_MAY_NOT_APPROVE, "ci", null, "written-for");
        refused(server.post("ci", approvals, "{}", FOR_BEN), Rule.AUTHOR_MAY_NOT_APPROVE, "ci", "ben", "written-for");
        done(server.post("ben", approvals, "{}"));
    }

    @Test
    void aServiceApprovesForNobodyWhatItWroteItself() {
        done(server.post("ci", "/api/v1/prompts", prompt("written-by")));
        String approvals = at("written-by", "/versions/1/approvals");
        refused(server.post("ci", approvals, "{}", FOR_ADA), Rule.AUTHOR_MAY_NOT_APPROVE, "ci", "ada", "written-by");
        done(server.post("ada", approvals, "{}"));
    }

    @Test
    void aServiceIsAnAuthorSinceTheReleaseForWhomeverItWrote() {
        done(server.post("ci", "/api/v1/prompts", prompt("since"), FOR_ADA));
        done(server.post("ben", at("since", "/versions"),
                "{\"basedOn\":1,\"type\":\"text\",\"content\":\"two\",\"note\":\"n\"}"));
        done(server.post("ci", at("since", "/versions/2/approvals"), "{}"));
        String deployment = "{\"version\":2,\"environment\":\"strict\",\"reason\":\"r\"}";
        Answer refused = server.post("cleo", at("since", "/deployments"), deployment);
        assertThat(refused.at("detail")).contains("(ci is an author)", "since the last release (ada, ben, ci)");
        assertThat(refusal(refused, Rule.REQUIRED_APPROVALS, "cleo", null, "since").path("version").asInt()).isEqualTo(2);
        done(server.post("cleo", at("since", "/versions/2/approvals"), "{}"));
        done(server.post("cleo", at("since", "/deployments"), deployment));
    }

    @Test
    void aServiceDoesNotDeployWhatItApprovedForAPerson() {
        done(server.post("ada", "/api/v1/prompts", prompt("approved-for")));
        done(server.post("ci", at("approved-for", "/versions/1/approvals"), "{}", FOR_BEN));
        String deployments = at("approved-for", "/deployments");
        Rule rule = Rule.APPROVER_MAY_NOT_DEPLOY;
        refused(server.post("ci", deployments, DEPLOYMENT), rule, "ci", null, "approved-for");
        refused(server.post("ci", deployments, DEPLOYMENT, FOR_ADA), rule, "ci", "ada", "approved-for");
        done(server.post("ada", deployments, DEPLOYMENT));
    }

    @Test
    void aServiceDeploysForNobodyWhatItApprovedItself() {
        done(server.post("ada", "/api/v1/prompts", prompt("approved-by")));
        done(server.post("ci", at("approved-by", "/versions/1/approvals"), "{}"));
        String deployments = at("approved-by", "/deployments");
        refused(server.post("ci", deployments, DEPLOYMENT, FOR_BEN), Rule.APPROVER_MAY_NOT_DEPLOY, "ci", "ben", "approved-by");
        done(server.post("ben", deployments, DEPLOYMENT));
    }

    @Test
    void whatAServiceApprovesForSeveralIsOneApproval() {
        done(server.post("ada", "/api/v1/prompts", prompt("one-secret")));
        String approvals = at("one-secret", "/versions/1/approvals");
        done(server.post("ci", approvals, "{}", FOR_BEN));
        refused(server.post("ci", approvals, "{}"), Rule.ALREADY_APPROVED, "ci", null, "one-secret");
        done(server.post("cleo", approvals, "{}"));

        done(server.post("ada", "/api/v1/prompts", prompt("by-itself")));
        done(server.post("ci", at("by-itself", "/versions/1/approvals"), "{}"));
        refused(server.post("ci", at("by-itself", "/versions/1/approvals"), "{}", FOR_BEN), Rule.ALREADY_APPROVED, "ci", "ben",
                "by-itself");
    }

    @Test
    void aServiceClosesNoDebtOfAnEmergencyThatItDeployed() {
        Rule rule = Rule.DEPLOYER_MAY_NOT_REVIEW;
        done(server.post("ada", "/api/v1/prompts", prompt("urgent-for")));
        String lent = review(done(server.post("ci", at("urgent-for", "/deployments"), EMERGENCY, FOR_BEN)));
        refusal(server.post("ci", at("urgent-for", "/emergency-reviews"), lent), rule, "ci", null, "urgent-for");
        refusal(server.post("ci", at("urgent-for", "/emergency-reviews"), lent, FOR_ADA), rule, "ci", "ada", "urgent-for");
        done(server.post("ada", at("urgent-for", "/emergency-reviews"), lent));

        done(server.post("ada", "/api/v1/prompts", prompt("urgent-by")));
        String own = review(done(server.post("ci", at("urgent-by", "/deployments"), EMERGENCY)));
        refusal(server.post("ci", at("urgent-by", "/emergency-reviews"), own, FOR_BEN), rule, "ci", "ben", "urgent-by");
        done(server.post("ben", at("urgent-by", "/emergency-reviews"), own));
    }

    @Test
    void anAuthorWithdrawsNobodyElsesRejectionByWhateverHand() {
        done(server.post("ci", "/api/v1/prompts", prompt("rejected"), FOR_ADA));
        done(server.post("ben", at("rejected", "/versions/1/rejections"), REASON));
        String withdrawals = at("rejected", "/versions/1/rejection-withdrawals");
        Rule rule = Rule.AUTHOR_MAY_NOT_APPROVE;
        refused(server.post("ada", withdrawals, REASON), rule, "ada", null, "rejected");
        refused(server.post(key("ada"), withdrawals, REASON), rule, "ada", null, "rejected");
        refused(server.post("ada-bot", withdrawals, REASON), rule, "ada-bot", "ada", "rejected");
        refused(server.post("ci", withdrawals, REASON), rule, "ci", null, "rejected");
        refused(server.post("ci", withdrawals, REASON, FOR_CLEO), rule, "ci", "cleo", "rejected");
        done(server.post("cleo", withdrawals, REASON));
    }

    @Test
    void whoeverRejectedWithdrawsTheirOwn() {
        done(server.post("ada", "/api/v1/prompts", prompt("own-rejection")));
        done(server.post("ada", at("own-rejection", "/versions/1/rejections"), REASON));
        done(server.post("ada-bot", at("own-rejection", "/versions/1/rejection-withdrawals"), REASON));
    }
}
