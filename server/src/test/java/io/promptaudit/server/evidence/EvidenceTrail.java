package io.promptaudit.server.evidence;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** A trail with everything that an auditor asks about, made over HTTP: and with what somebody hostile would type. */
final class EvidenceTrail {
    static final String INTAKE = "clinical/intake";
    static final String CHAT = "clinical/chat";
    static final String IMPORTED = "community/imported";
    static final String ERASED = "Erin Erased";
    static final String HOSTILE = "</title></style></pre><script>alert('x')</script><img src=\"https://example.org/x\"/>";
    static final String TURNED = "user\u202Enimda";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String P = "/api/v1/prompts/clinical%2Fintake";

    private final TestServer server;

    private EvidenceTrail(TestServer server) {
        this.server = server;
    }

    /** Makes all of it; answers the position of the last event. */
    static long in(TestServer server) {
        return new EvidenceTrail(server).make();
    }

    private long make() {
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
        server.account("dana", """
                [{"role":"deployer","prompts":"**","environments":["staging","production"]}]""");
        server.account("aude", "[{\"role\":\"auditor\"}]");
        done("admin", "/api/v1/accounts", Map.of("id", "erin", "displayName", ERASED, "kind", "person", "password",
                TestServer.PASSWORD, "grants", JSON.readTree("[{\"role\":\"reviewer\",\"prompts\":\"**\"}]")));
        policy();
        versions();
        refused();
        releases();
        chat();
        imported();
        return done("admin", "/api/v1/accounts/erin/erasure", Map.of("reason", "asked for it")).position();
    }

    private void policy() {
        Answer set = server.put("admin", "/api/v1/environments/production/policy", """
                {"requiredApprovals":2,"authorMayApprove":false,"approverMayDeploy":false,"requiredChecks":["evals"],
                 "emergencyAllowed":true,"frozen":null,"reason":"=HYPERLINK(\\"https://example.org\\")"}""");
        assertThat(set.status()).as(set.text()).isEqualTo(200);
    }

    private void versions() {
        done("wanda", "/api/v1/prompts", Map.of("name", INTAKE, "title", "Intake " + HOSTILE, "type", "text", "content",
                "You take the first history of a patient.\nAsk one question at a time.\n" + HOSTILE + "\n" + TURNED, "note",
                "First draft",
                "config", Map.of("model", "model-a", "temperature", 0.2)));
        done("wanda", P + "/versions", Map.of("basedOn", 1, "content",
                "You take the first history of a patient.\nAsk one question at a time: complaint, onset, medicines.\nLine \u0007 three",
                "note", "@Ask for medicines", "config", Map.of("model", "model-b", "temperature", 0.2)));
        done("wanda", P + "/versions", Map.of("basedOn", 2, "content", "Short and urgent.", "note", "Emergency " + HOSTILE));
    }

    private void refused() {
        assertThat(deploy(1, "production", "Too early").status()).isEqualTo(409);
        assertThat(server.post("wanda", P + "/versions/1/approvals", "{}").status()).isEqualTo(403);
        assertThat(server.post("wanda", P + "/deployments",
                "{\"version\":1,\"environment\":\"production\",\"reason\":\"Mine\"}").status()).isEqualTo(403);
    }

    private Answer deploy(int version, String environment, String reason) {
        return server.post("dana", P + "/deployments", JSON.writeValueAsString(
                Map.of("version", version, "environment", environment, "reason", reason, "ticket", "CHG-" + version)));
    }

    private void releases() {
        for (int version = 1; version <= 2; version++) {
            done("wanda", P + "/versions/" + version + "/approval-requests", Map.of("note", "please"));
            done("rita", P + "/versions/" + version + "/approvals", Map.of("comment", "Read and tried", "meaning", "approval"));
            done("erin", P + "/versions/" + version + "/approvals",
                    Map.of("comment", "The doses are right", "meaning", "review"));
            done("wanda", P + "/versions/" + version + "/checks", Map.of("name", "evals", "outcome", "passed"));
            assertThat(deploy(version, "staging", "Trial").status()).isEqualTo(201);
            assertThat(deploy(version, "production", "Launch " + version).status()).isEqualTo(201);
        }
        done("rita", P + "/versions/3/rejections", Map.of("reason", "Too short"));
        done("dana", P + "/rollbacks", Map.of("environment", "production", "reason", "Asks twice"));
        done("rita", P + "/versions/3/rejection-withdrawals", Map.of("reason", "It burns"));
        done("wanda", P + "/versions/3/checks", Map.of("name", "evals", "outcome", "passed"));
        Answer emergency = done("dana", P + "/deployments",
                Map.of("version", 3, "environment", "production", "reason", "It burns",
                        "ticket", "INC-1", "emergency", true));
        done("rita", P + "/emergency-reviews",
                Map.of("deployment", emergency.at("eventId"), "verdict", "good", "comment", "It was right"));
        done("dana", P + "/withdrawals", Map.of("environment", "staging", "reason", "Nothing to try any more"));
        done("wanda", P + "/versions/3/comments", Map.of("text", HOSTILE));
    }

    private void chat() {
        done("wanda", "/api/v1/prompts", JSON.readValue("""
                {"name":"clinical/chat","type":"chat","note":"First","content":[{"role":"system","content":"Be brief."},
                 {"type":"placeholder","name":"history"}]}""", Map.class));
        done("wanda", "/api/v1/prompts/clinical%2Fchat/versions", JSON.readValue("""
                {"basedOn":1,"note":"Kinder","content":[{"role":"system","content":"Be brief and kind."},
                 {"type":"placeholder","name":"history"},{"role":"user","content":"Hello"}]}""", Map.class));
    }

    private void imported() {
        Answer answer = server.post("wanda", "/api/v1/imports",
                """
                        {"prompt":"community/imported","author":"=someone","at":"2024-01-01T00:00:00Z","note":"n","content":"From elsewhere"}
                        """,
                "Content-Type", "application/x-ndjson");
        assertThat(answer.text()).contains("\"imported\":1");
    }

    private Answer done(String account, String path, Map<?, ?> body) {
        Answer answer = server.post(account, path, JSON.writeValueAsString(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }
}
