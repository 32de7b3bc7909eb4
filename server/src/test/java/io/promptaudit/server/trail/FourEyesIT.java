package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What one of two admins may not decide alone: proposed, seen by those who read everything, confirmed by the other, or not. */
class FourEyesIT {
    private static final String POLICY = """
            {"requiredApprovals":%d,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":[],
             "emergencyAllowed":true,"frozen":null,"reason":"%s"}""";
    private static final String ADMIN = "[{\"role\":\"admin\"}]";
    private static final String REVIEWER = "{\"role\":\"reviewer\",\"prompts\":\"clinical/**\"}";
    private static final String ADMIN_AND_REVIEWER = "{\"grants\":[{\"role\":\"admin\"}," + REVIEWER + "]}";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        assertThat(policy("admin", "alone", 1).status()).as("there is one admin").isEqualTo(200);
        server.account("boss", ADMIN);
        server.account("aude", "[{\"role\":\"auditor\"}]");
        server.account("eve", "[{\"role\":\"viewer\",\"prompts\":\"**\"}]");
    }

    @AfterAll
    static void stop() {
        SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        server.close();
    }

    private static Answer policy(String by, String environment, int approvals) {
        return server.put(by, "/api/v1/environments/" + environment + "/policy", POLICY.formatted(approvals, "trial"));
    }

    private static Answer confirm(String by, Answer proposed) {
        return server.post(by, "/api/v1/changes/" + proposed.at("change") + "/confirmation", "{\"comment\":\"read\"}");
    }

    private static Answer decline(String by, Answer proposed) {
        return server.post(by, "/api/v1/changes/" + proposed.at("change") + "/refusal", "{\"reason\":\"no\"}");
    }

    private static JsonNode change(Answer latest, Answer proposed) {
        return server.after(latest, "aude", "/api/v1/changes/" + proposed.at("change")).json();
    }

    private static Answer waiting(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.json().path("pending").asBoolean()).isTrue();
        assertThat(answer.at("change")).isEqualTo(answer.at("eventId"));
        return answer;
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** The refusal names the rule, and the trail names who was refused what. */
    private static void refused(Answer answer, int status, String rule, String actor, String what, String sentence) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.at("rule")).isEqualTo(rule);
        JsonNode entry = server.after(answer, "aude", "/api/v1/audit?outcome=refused&actor=" + actor).json().path("items").get(0);
        assertThat(entry.path("eventId").asString()).isEqualTo(answer.at("eventId"));
        assertThat(entry.path("rule").asString()).isEqualTo(rule);
        assertThat(entry.path("action").asString()).isEqualTo(what);
        assertThat(entry.path("sentence").asString()).contains(sentence);
    }

    @Test
    void aPolicyWaitsUntilTheOtherAdminConfirmsIt() {
        Answer proposed = waiting(policy("admin", "fresh", 3));
        assertThat(proposed.at("environment")).isEqualTo("fresh");
        assertThat(server.after(proposed, "eve", "/api/v1/environments/fresh/policy").status()).isEqualTo(404);
        assertThat(change(proposed, proposed).path("state").asString()).isEqualTo("pending");
        refused(confirm("admin", proposed), 403, "proposer-may-not-confirm", "admin", "confirm-change", "environment:fresh");
        refused(confirm("eve", proposed), 403, "missing-grant", "eve", "confirm-change", "environment:fresh");
        Answer confirmed = done(confirm("boss", proposed));
        assertThat(confirmed.json().path("revision").asInt()).isEqualTo(1);
        assertThat(confirmed.at("change")).isEqualTo(proposed.at("change"));
        assertThat(confirmed.json().has("pending")).isFalse();
        JsonNode policy = server.after(confirmed, "eve", "/api/v1/environments/fresh/policy").json();
        assertThat(policy.path("requiredApprovals").asInt()).isEqualTo(3);
        assertThat(policy.path("changedBy").asString()).isEqualTo("boss");
        assertThat(policy.path("proposedBy").asString()).isEqualTo("admin");
        JsonNode change = change(confirmed, proposed);
        assertThat(change.path("state").asString()).isEqualTo("confirmed");
        assertThat(change.path("settled").path("by").asString()).isEqualTo("boss");
        assertThat(change.path("policy").path("after").path("requiredApprovals").asInt()).isEqualTo(3);
        refused(confirm("boss", proposed), 409, "change-settled", "boss", "confirm-change", "environment:fresh");
        assertThat(server.get("aude", "/api/v1/audit?environment=fresh&outcome=done").text())
                .contains("proposed revision 1 of the release policy of fresh", "which admin proposed");
    }

    @Test
    void whatIsInForceStaysUntilThenAndDecidesDeployments() {
        Answer proposed = waiting(policy("admin", "alone", 0));
        assertThat(server.after(proposed, "eve", "/api/v1/environments/alone/policy").json().path("requiredApprovals").asInt())
                .isEqualTo(1);
        Answer declined = done(decline("boss", proposed));
        assertThat(change(declined, proposed).path("state").asString()).isEqualTo("declined");
        assertThat(server.after(declined, "eve", "/api/v1/environments/alone/policy").json().path("revision").asInt())
                .isEqualTo(1);
        refused(confirm("boss", proposed), 409, "change-settled", "boss", "confirm-change", "environment:alone");
    }

    @Test
    void ofTwoProposalsOnTheSameBaseOneIsStale() {
        Answer first = waiting(policy("admin", "stale", 1));
        Answer second = waiting(policy("boss", "stale", 2));
        Answer confirmed = done(confirm("admin", second));
        assertThat(change(confirmed, first).path("state").asString()).isEqualTo("stale");
        refused(confirm("boss", first), 409, "stale-change", "boss", "confirm-change", "environment:stale");
        refused(decline("boss", first), 409, "stale-change", "boss", "decline-change", "environment:stale");
        assertThat(server.get("aude", "/api/v1/changes?state=stale").text()).contains(first.at("change"))
                .doesNotContain(second.at("change"));
    }

    @Test
    void aRoleForOneselfWaitsAndOneForOthersDoesNot() {
        assertThat(server.put("boss", "/api/v1/accounts/eve/grants", "{\"grants\":[{\"role\":\"viewer\",\"prompts\":\"**\"}]}")
                .status()).isEqualTo(200);
        Answer proposed = waiting(server.put("boss", "/api/v1/accounts/boss/grants", ADMIN_AND_REVIEWER));
        assertThat(proposed.at("account")).isEqualTo("boss");
        assertThat(server.get("boss", "/api/v1/me").text()).doesNotContain("reviewer");
        refused(confirm("boss", proposed), 403, "proposer-may-not-confirm", "boss", "confirm-change", "account:boss");
        JsonNode change = change(proposed, proposed);
        assertThat(change.path("grants").path("before").size()).isEqualTo(1);
        assertThat(change.path("grants").path("after").size()).isEqualTo(2);
        Answer confirmed = done(confirm("admin", proposed));
        assertThat(server.get("boss", "/api/v1/me").text()).contains("reviewer");
        assertThat(server.after(confirmed, "aude", "/api/v1/accounts/boss").text()).contains("grants-change-proposed",
                "\"proposedBy\":\"boss\"");
        assertThat(server.put("boss", "/api/v1/accounts/boss/grants", "{\"grants\":" + ADMIN + "}").status())
                .as("giving up needs nobody else").isEqualTo(200);
    }

    /** The second admin's agent, and the service that acts for them, are the second admin: nobody confirms in two guises. */
    @Test
    void countsPersonsThroughAgentsAndServices() {
        String made = "{\"id\":\"%s\",\"displayName\":\"D\",\"kind\":\"%s\",\"password\":\"%s\",%s\"grants\":" + ADMIN + "}";
        done(server.post("admin", "/api/v1/accounts", made.formatted("ci", "service", TestServer.PASSWORD, "")));
        done(server.post("admin", "/api/v1/accounts",
                made.formatted("bot", "agent", TestServer.PASSWORD, "\"actsFor\":\"boss\",")));
        for (String delegate : List.of("ci", "bot")) {
            Answer allowed = server.put("boss", "/api/v1/accounts/boss/delegates/" + delegate, "{}");
            assertThat(allowed.status()).as(allowed.text()).isIn(200, 201);
        }
        String path = "/api/v1/environments/guises/policy";
        String body = POLICY.formatted(1, "r");
        refused(server.put("ci", path, body), 403, "person-must-act", "ci", "change-policy", "environment:guises");
        for (Answer proposed : List.of(waiting(server.put("ci", path, body, "On-Behalf-Of", "boss")),
                waiting(server.put("bot", path, body)), waiting(server.put("boss", path, body)))) {
            String confirmation = "/api/v1/changes/" + proposed.at("change") + "/confirmation";
            refused(server.post("boss", confirmation, "{}"), 403, "proposer-may-not-confirm", "boss", "confirm-change", "guises");
            refused(server.post("bot", confirmation, "{}"), 403, "proposer-may-not-confirm", "bot", "confirm-change", "guises");
            Answer behind = server.post("ci", confirmation, "{}", "On-Behalf-Of", "boss");
            refused(behind, 403, "proposer-may-not-confirm", "ci", "confirm-change", "guises");
            assertThat(server.after(behind, "aude", "/api/v1/audit?outcome=refused&actor=ci&limit=1").text())
                    .contains("\"onBehalfOf\":\"boss\"");
        }
        Answer byAdmin = waiting(server.put("admin", path, body));
        String confirmation = "/api/v1/changes/" + byAdmin.at("change") + "/confirmation";
        refused(server.post("bot", confirmation, "{}"), 403, "person-must-act", "bot", "confirm-change", "guises");
        refused(server.post("ci", confirmation, "{}", "On-Behalf-Of", "boss"), 403, "person-must-act", "ci", "confirm-change",
                "guises");
        done(server.post("boss", confirmation, "{}"));
        assertThat(server.put("boss", "/api/v1/accounts/bot/grants", ADMIN_AND_REVIEWER).status()).isEqualTo(202);
        assertThat(server.put("boss", "/api/v1/accounts/ci/groups", "{\"groups\":[\"medical\"]}").status()).isEqualTo(202);
        assertThat(server.put("boss", "/api/v1/accounts/boss/groups", "{\"groups\":[\"medical\"]}").status()).isEqualTo(202);
        assertThat(server.put("boss", "/api/v1/accounts/eve/groups", "{\"groups\":[\"medical\"]}").status()).isEqualTo(200);
    }

    @Test
    void isForThoseWhoReadEverything() {
        Answer proposed = waiting(policy("admin", "hidden", 1));
        for (String reader : List.of("aude", "admin", "boss")) {
            assertThat(server.after(proposed, reader, "/api/v1/changes?state=pending").text()).contains(proposed.at("change"));
        }
        assertThat(server.after(proposed, "eve", "/api/v1/changes").json().path("items").size()).isZero();
        assertThat(server.get("eve", "/api/v1/changes/" + proposed.at("change")).problem()).isEqualTo("change-not-found");
        assertThat(server.get("eve", "/api/v1/audit").text()).doesNotContain("hidden");
        assertThat(server.get("eve", "/api/v1/events?limit=200&after=" + (proposed.position() - 1), "Accept", "application/json")
                .text()).doesNotContain(proposed.at("eventId"));
        assertThat(server.get("aude", "/api/v1/changes?state=open").problem()).isEqualTo("malformed-request");
        done(decline("admin", proposed));
    }

    /** Two admins confirm at once, and others decline: one event settles the change, whoever comes first. */
    @Test
    void isSettledByOneEventHoweverManyTry() throws Exception {
        server.account("carol", ADMIN);
        for (int round = 0; round < 5; round++) {
            Answer proposed = waiting(policy("admin", "race", round));
            var attempts = new ArrayList<Callable<Answer>>();
            for (String by : List.of("boss", "carol", "boss", "carol")) {
                attempts.add(() -> confirm(by, proposed));
                attempts.add(() -> decline(by, proposed));
            }
            List<Answer> answers = atOnce(attempts);
            assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
            assertThat(answers.stream().filter(answer -> answer.status() != 201))
                    .allSatisfy(answer -> assertThat(answer.at("rule")).as(answer.text()).isIn("change-settled", "stale-change"));
        }
        server.put("admin", "/api/v1/accounts/carol/grants", "{\"grants\":[]}");
    }

    /** Each of two admins takes the other's role away and changes a policy: nobody may have been alone before they were. */
    @Test
    void noPolicyIsChangedAloneWhileThereIsASecondAdmin() throws Exception {
        server.account("dora", ADMIN);
        for (int round = 0; round < 5; round++) {
            int approvals = round;
            server.put("admin", "/api/v1/accounts/boss/grants", "{\"grants\":[]}");
            List<Answer> answers = atOnce(List.of(() -> policy("admin", "alone-" + approvals, approvals),
                    () -> server.put("dora", "/api/v1/accounts/dora/grants", "{\"grants\":[]}")));
            Answer policy = answers.getFirst();
            Answer left = answers.getLast();
            assertThat(left.status()).isEqualTo(200);
            boolean waits = policy.status() == 202;
            assertThat(waits).as(policy.text()).isEqualTo(policy.position() < left.position());
            server.put("admin", "/api/v1/accounts/dora/grants", "{\"grants\":" + ADMIN + "}");
        }
        server.put("admin", "/api/v1/accounts/boss/grants", "{\"grants\":" + ADMIN + "}");
        server.put("admin", "/api/v1/accounts/dora/grants", "{\"grants\":[]}");
    }

    /** Configuration is no event by itself: what it switches off is put on record when that is new, and when it is over. */
    @Test
    void isOnRecordWhenItIsSwitchedOffAndOn(@TempDir Path other) {
        long first;
        try (var usual = new TestServer(other)) {
            first = usual.head();
            assertThat(usual.get("admin", "/api/v1/audit?action=change-setting").json().path("items").size()).isZero();
        }
        String off = "--promptaudit.four-eyes-admin=false";
        for (int start = 0; start < 2; start++) {
            try (var without = new TestServer(other, off)) {
                assertThat(without.head()).isEqualTo(first + 1);
                JsonNode entry = without.get("admin", "/api/v1/audit?limit=1", "Audit-Position", Long.toString(first + 1)).json()
                        .path("items").get(0);
                assertThat(entry.path("sentence").asString())
                        .isEqualTo("system was started with promptaudit.four-eyes-admin=false.");
            }
        }
        try (var without = new TestServer(other, off)) {
            without.account("boss", ADMIN);
            assertThat(without.put("admin", "/api/v1/environments/lab/policy", POLICY.formatted(1, "alone")).status())
                    .isEqualTo(200);
            first = without.head();
        }
        try (var usual = new TestServer(other)) {
            assertThat(usual.head()).isEqualTo(first + 1);
            assertThat(usual.put("admin", "/api/v1/environments/lab/policy", POLICY.formatted(1, "two")).status()).isEqualTo(202);
            SequenceChecks.requireWhole(usual.bean(JdbcClient.class));
        }
    }

    @Test
    void aRepeatedProposalGetsItsFirstAnswer() {
        String path = "/api/v1/environments/again/policy";
        Answer first = waiting(server.put("admin", path, POLICY.formatted(1, "r"), "Idempotency-Key", "again"));
        Answer again = waiting(server.put("admin", path, POLICY.formatted(1, "r"), "Idempotency-Key", "again"));
        assertThat(again.json()).isEqualTo(first.json());
        done(decline("admin", first));
    }

    private static List<Answer> atOnce(List<Callable<Answer>> requests) throws Exception {
        var start = new CountDownLatch(1);
        var running = new ArrayList<Future<Answer>>();
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Callable<Answer> request : requests) {
                running.add(threads.submit(() -> {
                    start.await();
                    return request.call();
                }));
            }
            start.countDown();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
        }
        return answers;
    }
}
