package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** The life of prompts as teams live it: written, reviewed, released, rolled back, questioned. Each story has its own prompt. */
class ScenarioIT {
    private static final String DEPLOYER = """
            [{"role":"deployer","prompts":"**","environments":["staging","production","lab","vault"]}]""";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        // The writer is a reviewer too: that her own approval is refused is not for want of a grant.
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"},{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
        server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
        server.account("dana", DEPLOYER);
        server.account("aude", "[{\"role\":\"auditor\"}]");
    }

    @AfterAll
    static void stop() {
        SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        server.close();
    }

    @Test
    void aClinicalIntakePromptIsReleasedAndRolledBack() {
        var story = new Story("clinical/intake");
        for (int version = 2; version <= 12; version++) {
            story.edit(version);
        }
        story.done("wanda", "/versions/12/approval-requests", "{\"note\":\"ready\",\"reviewers\":[\"rita\"]}");
        Answer own = story.refused("wanda", "/versions/12/approvals", "{\"comment\":\"mine\"}", 403, "author-may-not-approve");
        Answer early = story.refused("dana", "/deployments", deployment(12, "production"), 409, "required-approvals");
        assertThat(early.json().path("policyRevision").asLong()).isEqualTo(1);
        Answer approved = story.done("rita", "/versions/12/approvals", "{\"comment\":\"checked\",\"meaning\":\"review\"}");
        assertThat(story.read(approved, "/versions/12").at("state")).isEqualTo("APPROVED");
        story.done("dana", "/deployments", deployment(12, "staging"));
        Answer first = story.done("dana", "/deployments", deployment(12, "production"));

        story.edit(13);
        story.done("rita", "/versions/13/approvals", "{}");
        story.done("dana", "/deployments", deployment(13, "staging"));
        Answer second = story.done("dana", "/deployments", deployment(13, "production"));
        Answer back = story.done("dana", "/rollbacks",
                "{\"environment\":\"production\",\"toVersion\":12,\"reason\":\"13 confuses nurses\"}");

        theAuditorAsks(story, first, second, back, approved);
        Answer refusals = server.after(back, "aude", "/api/v1/audit?outcome=refused&prompt=clinical%2Fintake");
        assertThat(texts(refusals, "items", "eventId")).containsExactly(early.at("eventId"), own.at("eventId"));
        assertThat(texts(refusals, "items", "actor")).containsExactly("dana", "wanda");
        assertThat(texts(refusals, "items", "action")).containsExactly("deploy-prompt", "approve-prompt");
        assertThat(texts(refusals, "items", "rule")).containsExactly("required-approvals", "author-may-not-approve");
        assertThat(texts(refusals, "items", "version")).containsExactly("12", "12");
        assertThat(refusals.json().path("items").get(0).path("environment").asString()).isEqualTo("production");
        assertThat(refusals.json().path("items").get(0).path("sentence").asString()).contains("prompt:clinical/intake");
    }

    private static void theAuditorAsks(Story story, Answer first, Answer second, Answer back, Answer approved) {
        story.wasActive(first, 12);
        story.wasActive(second, 13);
        story.wasActive(back, 12);
        assertThat(server.get("aude", story.path + "/active?environment=production&at=2020-01-01T00:00:00Z").problem())
                .isEqualTo("never-active");
        Answer active = server.get("aude", story.path + "/active?environment=production");
        assertThat(texts(active, "approvals", "approval")).containsExactly(approved.at("eventId"));
        assertThat(texts(active, "approvals", "account")).containsExactly("rita");
        assertThat(active.json().path("replaced").path("version").asInt()).isEqualTo(13);
        assertThat(active.json().path("replaced").path("deployment").asString()).isEqualTo(second.at("eventId"));

        Answer diff = server.get("aude", story.path + "/diff?from=12&to=13");
        List<String> changed = new ArrayList<>();
        diff.json().path("content").path("hunks").forEach(hunk -> hunk.path("lines").forEach(
                line -> changed.add(line.path("op").asString() + " " + line.path("text").asString())));
        assertThat(changed).contains("delete version 12", "insert version 13");

        Answer deployments = server.get("aude", story.path + "/deployments");
        assertThat(texts(deployments, "items", "version")).containsExactly("12", "13", "13", "12", "12");
        assertThat(deployments.json().path("items").get(0).path("restores").asString()).isEqualTo(first.at("eventId"));
        assertThat(deployments.json().path("items").get(1).path("ended").path("how").asString()).isEqualTo("rolled-back");
        assertThat(texts(server.get("aude", story.path + "/replay"), "deployments", "deployment"))
                .isEqualTo(texts(deployments, "items", "deployment").reversed());
    }

    @Test
    void anEmergencySkipsApprovalsAndLeavesADebt() {
        var story = new Story("clinical/emergency");
        story.refused("dana", "/deployments",
                "{\"version\":1,\"environment\":\"production\",\"reason\":\"x\",\"emergency\":true}",
                409, "emergency-needs-ticket");
        Answer deployed = story.done("dana", "/deployments", """
                {"version":1,"environment":"production","reason":"down","ticket":"INC-7","emergency":true}""");
        Answer open = server.after(deployed, "rita", "/api/v1/emergencies?state=open");
        assertThat(texts(open, "items", "deployment")).contains(deployed.at("eventId"));
        assertThat(texts(story.read(deployed, "/replay"), "emergencies", "ticket")).containsExactly("INC-7");

        server.put("admin", "/api/v1/accounts/dana/grants",
                "{\"grants\":" + DEPLOYER.replace("[{", "[{\"role\":\"reviewer\",\"prompts\":\"**\"},{") + "}");
        String review = "{\"deployment\":\"%s\",\"verdict\":\"good\",\"comment\":\"had to be\"}"
                .formatted(deployed.at("eventId"));
        story.refused("dana", "/emergency-reviews", review, 403, "deployer-may-not-review");
        Answer closed = story.done("rita", "/emergency-reviews", review);
        story.refused("rita", "/emergency-reviews", review, 409, "no-open-emergency");

        assertThat(texts(server.after(closed, "rita", "/api/v1/emergencies?state=open"), "items", "deployment"))
                .doesNotContain(deployed.at("eventId"));
        JsonNode told = server.after(closed, "rita", "/api/v1/emergencies?state=closed").json().path("items").get(0);
        assertThat(told.path("review").path("by").asString()).isEqualTo("rita");
        assertThat(told.path("review").path("verdict").asString()).isEqualTo("good");
        assertThat(story.read(closed, "/replay").json().path("emergencies")).isEmpty();
    }

    @Test
    void aFrozenEnvironmentTakesRollbacksOnly() {
        var story = new Story("clinical/freeze");
        policy("lab", 0, "[]", true, "null");
        story.edit(2);
        story.done("dana", "/deployments", deployment(1, "lab"));
        story.done("dana", "/deployments", deployment(2, "lab"));
        Answer frozen = policy("lab", 0, "[]", true, "{\"reason\":\"inspection\"}");
        assertThat(server.after(frozen, "wanda", "/api/v1/environments/lab/policy").json().path("frozen").path("reason")
                .asString()).isEqualTo("inspection");
        story.edit(3);
        Answer refused = story.refused("dana", "/deployments", deployment(3, "lab"), 409, "frozen");
        assertThat(refused.at("detail")).contains("inspection");
        assertThat(refused.json().path("policyRevision").asLong()).isEqualTo(2);
        story.refused("dana", "/deployments", deployment(3, "lab").replace("}", ",\"ticket\":\"t\",\"emergency\":true}"), 409,
                "frozen");
        Answer back = story.done("dana", "/rollbacks", "{\"environment\":\"lab\",\"reason\":\"worse\"}");
        assertThat(story.read(back, "/active?environment=lab").at("version")).isEqualTo("1");
        policy("lab", 0, "[]", true, "null");
        story.done("dana", "/deployments", deployment(3, "lab"));
    }

    @Test
    void whatIsWithdrawnIsActiveNoMoreAndMayBeArchived() {
        var story = new Story("clinical/withdrawn");
        Answer deployed = story.done("dana", "/deployments", deployment(1, "staging"));
        assertThat(texts(server.after(deployed, "aude", "/api/v1/environments/staging/active"), "items", "prompt"))
                .contains(story.name);
        story.refused("wanda", "/archival", "{\"reason\":\"old\"}", 409, "still-active");
        Answer withdrawn = story.done("dana", "/withdrawals", "{\"environment\":\"staging\",\"reason\":\"not needed\"}");
        story.refused("dana", "/withdrawals", "{\"environment\":\"staging\",\"reason\":\"again\"}", 409, "nothing-active");
        assertThat(story.read(withdrawn, "/active?environment=staging").problem()).isEqualTo("never-active");
        assertThat(texts(server.after(withdrawn, "aude", "/api/v1/environments/staging/active"), "items", "prompt"))
                .doesNotContain(story.name);
        assertThat(server.get("aude", story.path + "/active?environment=staging&at=" + deployed.at("recordedAt")).at("version"))
                .isEqualTo("1");

        Answer archived = story.done("wanda", "/archival", "{\"reason\":\"old\"}");
        assertThat(story.read(archived, "").json().path("archived").asBoolean()).isTrue();
        story.refused("wanda", "/versions", "{\"basedOn\":1,\"content\":\"y\",\"note\":\"n\"}", 409, "archived");
        story.refused("rita", "/versions/1/approvals", "{}", 409, "archived");
        story.refused("wanda", "/archival", "{\"reason\":\"old\"}", 409, "archived");
        Answer restored = story.done("wanda", "/restoration", "{\"reason\":\"needed\"}");
        assertThat(story.read(restored, "").json().path("archived").asBoolean()).isFalse();
        story.refused("wanda", "/restoration", "{\"reason\":\"needed\"}", 409, "not-archived");
        story.edit(2);
    }

    @Test
    void aRequiredCheckMustHavePassed() {
        var story = new Story("clinical/checked");
        policy("vault", 0, "[\"eval\",\"safety\"]", false, "null");
        story.done("wanda", "/versions/1/checks", check("eval", "passed"));
        story.done("wanda", "/versions/1/checks", check("safety", "failed"));
        Answer refused = story.refused("dana", "/deployments", deployment(1, "vault"), 409, "required-checks");
        assertThat(refused.at("detail")).contains("safety").doesNotContain("eval");
        story.refused("dana", "/deployments", deployment(1, "vault").replace("}", ",\"ticket\":\"t\",\"emergency\":true}"), 409,
                "emergency-not-allowed");
        Answer checked = story.done("wanda", "/versions/1/checks", check("safety", "passed"));
        assertThat(texts(story.read(checked, "/versions/1"), "checks", "outcome")).containsExactly("passed", "failed", "passed");
        Answer deployed = story.done("dana", "/deployments", deployment(1, "vault"));
        JsonNode evidence = story.read(deployed, "/deployments").json().path("items").get(0).path("checks");
        assertThat(evidence).hasSize(2);
        assertThat(evidence.get(1).path("check").asString()).isEqualTo(checked.at("eventId"));
    }

    @Test
    void reviewersChangeTheirMinds() {
        var story = new Story("clinical/review");
        story.done("wanda", "/versions/1/approval-requests", "{}");
        story.refused("wanda", "/versions/1/approval-requests", "{}", 409, "already-in-review");
        Answer pending = server.get("rita", "/api/v1/approvals?state=pending&reviewer=rita");
        assertThat(texts(pending, "items", "prompt")).contains(story.name);
        Answer approved = story.done("rita", "/versions/1/approvals", "{}");
        story.refused("rita", "/versions/1/approvals", "{}", 409, "already-approved");
        assertThat(texts(server.after(approved, "rita", "/api/v1/approvals?state=pending"), "items", "prompt"))
                .doesNotContain(story.name);
        Answer rejected = story.done("rita", "/versions/1/rejections", "{\"reason\":\"on second thought\"}");
        assertThat(story.read(rejected, "/versions/1").at("state")).isEqualTo("REJECTED");
        story.refused("dana", "/deployments", deployment(1, "production"), 409, "version-rejected");
        story.done("rita", "/versions/1/rejection-withdrawals", "{\"reason\":\"fine\"}");
        story.refused("rita", "/versions/1/rejection-withdrawals", "{\"reason\":\"fine\"}", 409, "not-rejected");
        story.done("dana", "/deployments", deployment(1, "production"));
        Answer revoked = story.done("rita", "/versions/1/revocations", "{\"reason\":\"no\"}");
        story.refused("rita", "/versions/1/revocations", "{\"reason\":\"no\"}", 409, "not-approved");
        // Still active: what was decided stays decided, with the evidence of then.
        Answer active = story.read(revoked, "/active?environment=production");
        assertThat(active.at("state")).isEqualTo("IN_REVIEW");
        assertThat(texts(active, "approvals", "approval")).containsExactly(approved.at("eventId"));
        assertThat(story.read(revoked, "/versions/1").json().path("approvals")).isEmpty();
    }

    @Test
    void commentsAndDescriptionsAreKept() {
        var story = new Story("clinical/described");
        story.done("wanda", "/versions/1/comments", "{\"text\":\"first\"}");
        Answer second = story.done("rita", "/versions/1/comments", "{\"text\":\"second\"}");
        assertThat(texts(story.read(second, "/versions/1/comments"), "items", "text")).containsExactly("second", "first");
        assertThat(texts(story.read(second, "/versions/1/comments"), "items", "account")).containsExactly("rita", "wanda");
        Answer described = server.send("wanda", "PATCH", story.path,
                "{\"title\":\"Intake\",\"description\":\"How nurses ask\",\"owner\":\"wanda\",\"tags\":[\"triage\"]}");
        assertThat(described.status()).isEqualTo(200);
        Answer partly = server.send("wanda", "PATCH", story.path, "{\"title\":\"\",\"tags\":[\"triage\",\"icu\"]}");
        JsonNode prompt = story.read(partly, "").json();
        assertThat(prompt.has("title")).isFalse();
        assertThat(prompt.path("description").asString()).isEqualTo("How nurses ask");
        assertThat(prompt.path("owner").asString()).isEqualTo("wanda");
        assertThat(prompt.path("tags")).hasSize(2);
        assertThat(texts(server.after(partly, "rita", "/api/v1/prompts?tag=icu"), "items", "name")).containsExactly(story.name);
        assertThat(texts(story.read(partly, "/history"), "items", "action")).containsExactly("describe-prompt",
                "describe-prompt", "comment-on-prompt", "comment-on-prompt", "create-prompt");
        assertThat(story.read(partly, "/replay").at("description")).isEqualTo("How nurses ask");
    }

    private static Answer policy(String environment, int approvals, String checks, boolean emergency, String frozen) {
        Answer answer = server.put("admin", "/api/v1/environments/" + environment + "/policy",
                """
                        {"requiredApprovals":%d,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":%s,
                         "emergencyAllowed":%s,"frozen":%s,"reason":"for this story"}""".formatted(approvals, checks, emergency,
                        frozen));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static String deployment(int version, String environment) {
        return "{\"version\":%d,\"environment\":\"%s\",\"reason\":\"release\"}".formatted(version, environment);
    }

    private static String check(String name, String outcome) {
        return "{\"name\":\"%s\",\"outcome\":\"%s\"}".formatted(name, outcome);
    }

    private static List<String> texts(Answer answer, String list, String field) {
        var texts = new ArrayList<String>();
        answer.json().path(list).forEach(item -> texts.add(item.path(field).asString()));
        return texts;
    }

    /** One prompt, and every write to it checked where it must show. */
    private static final class Story {
        final String name;
        final String path;

        Story(String name) {
            this.name = name;
            this.path = "/api/v1/prompts/" + TestServer.segment(name);
            shows(server.post("wanda", "/api/v1/prompts", """
                    {"name":"%s","type":"text","content":"Greet.\\nversion 1\\nAsk.","config":{"model":"m"},"note":"first"}"""
                    .formatted(name)), "wanda", 201);
        }

        Answer edit(int version) {
            Answer answer = done("wanda", "/versions", """
                    {"basedOn":%d,"content":"Greet.\\nversion %d\\nAsk.","config":{"model":"m"},"note":"better"}"""
                    .formatted(version - 1, version));
            assertThat(answer.at("version")).isEqualTo(Integer.toString(version));
            assertThat(read(answer, "").at("latest")).isEqualTo(Integer.toString(version));
            assertThat(read(answer, "/versions/" + version).at("state")).isEqualTo("DRAFT");
            return answer;
        }

        Answer done(String account, String where, String body) {
            return shows(server.post(account, path + where, body), account, 201);
        }

        /** The refusal is on record, with who tried what. */
        Answer refused(String account, String where, String body, int status, String rule) {
            long before = server.get("aude", path + "/replay").json().path("sequence").asLong();
            Answer answer = shows(server.post(account, path + where, body), account, status);
            assertThat(answer.at("rule")).isEqualTo(rule);
            assertThat(answer.problem()).isEqualTo(rule);
            assertThat(server.get("aude", path + "/replay").json().path("sequence").asLong()).as("the prompt's own events")
                    .isEqualTo(before);
            return answer;
        }

        Answer read(Answer after, String where) {
            return server.after(after, "aude", path + where);
        }

        /** A view and a replay of the store agree on what was active when this was recorded. */
        void wasActive(Answer write, int version) {
            String at = write.at("recordedAt");
            Answer active = read(write, "/active?environment=production&at=" + at);
            assertThat(active.at("version")).as(active.text()).isEqualTo(Integer.toString(version));
            assertThat(active.at("deployment")).isEqualTo(write.at("eventId"));
            Answer replay = read(write, "/replay?at=" + at);
            var there = new ArrayList<JsonNode>();
            replay.json().path("active").forEach(there::add);
            there.removeIf(one -> !one.path("environment").asString().equals("production"));
            assertThat(there).hasSize(1);
            assertThat(there.getFirst().path("deployment").asString()).isEqualTo(write.at("eventId"));
            assertThat(there.getFirst().path("version").asInt()).isEqualTo(version);
            assertThat(there.getFirst().path("since").asString()).isEqualTo(active.at("since"));
        }

        /** Trail, history and feed have it at once for who asks with its position. */
        private Answer shows(Answer answer, String account, int status) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            String event = answer.at("eventId");
            JsonNode trail = server.after(answer, "aude", "/api/v1/audit?limit=1").json().path("items").get(0);
            assertThat(trail.path("eventId").asString()).isEqualTo(event);
            assertThat(trail.path("actor").asString()).isEqualTo(account);
            assertThat(trail.path("outcome").asString()).isEqualTo(status == 201 ? "done" : "refused");
            assertThat(trail.path("prompt").asString()).isEqualTo(name);
            JsonNode history = read(answer, "/history?limit=1").json().path("items").get(0);
            assertThat(history).isEqualTo(trail);
            JsonNode told = server.get("aude", "/api/v1/events?limit=1&after=" + (answer.position() - 1), "Accept",
                    "application/json").json().path("items").get(0);
            assertThat(told.path("id").asString()).isEqualTo(event);
            assertThat(told.path("position").asLong()).isEqualTo(answer.position());
            return answer;
        }
    }
}
