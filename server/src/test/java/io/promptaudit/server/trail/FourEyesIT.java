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

    private static Answer grants(String by, String account, String grants) {
        return server.put(by, "/api/v1/accounts/" + account + "/grants", "{\"grants\":" + grants + "}");
    }

    private static void grantsByTwo(String account, String grants) {
        done(confirm("boss", waiting(grants("admin", account, grants))));
    }

    private static void anotherAdmin(String id) {
        server.account(id, "[]");
        grantsByTwo(id, ADMIN);
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

    /** Admins make the keys of agents and services, so neither of them speaks for the second admin. */
    @Test
    void agentsAndServicesNeitherProposeNorConfirm() {
        String made = "{\"id\":\"%s\",\"displayName\":\"D\",\"kind\":\"%s\",\"password\":\"%s\"%s}";
        done(server.post("admin", "/api/v1/accounts", made.formatted("ci", "service", TestServer.PASSWORD, "")));
        done(server.post("admin", "/api/v1/accounts",
                made.formatted("bot", "agent", TestServer.PASSWORD, ",\"actsFor\":\"boss\"")));
        for (String delegate : List.of("ci", "bot")) {
            grantsByTwo(delegate, ADMIN);
            assertThat(server.put("boss", "/api/v1/accounts/boss/delegates/" + delegate, "{}").status()).isEqualTo(200);
        }
        String path = "/api/v1/environments/guises/policy";
        String body = POLICY.formatted(1, "r");
        String[] forBoss = {"On-Behalf-Of", "boss"};
        refused(server.put("ci", path, body), 403, "person-must-act", "ci", "change-policy", "environment:guises");
        refused(server.put("ci", path, body, forBoss), 403, "person-must-act", "ci", "change-policy", "environment:guises");
        refused(server.put("bot", path, body), 403, "person-must-act", "bot", "change-policy", "environment:guises");
        Answer proposed = waiting(server.put("admin", path, body));
        String confirmation = "/api/v1/changes/" + proposed.at("change") + "/confirmation";
        refused(server.post("ci", confirmation, "{}"), 403, "person-must-act", "ci", "confirm-change", "guises");
        Answer behind = server.post("ci", confirmation, "{}", forBoss);
        refused(behind, 403, "person-must-act", "ci", "confirm-change", "guises");
        assertThat(server.after(behind, "aude", "/api/v1/audit?outcome=refused&actor=ci&limit=1").text())
                .contains("\"onBehalfOf\":\"boss\"");
        refused(server.post("bot", confirmation, "{}"), 403, "person-must-act", "bot", "confirm-change", "guises");
        done(server.post("boss", confirmation, "{}"));
        assertThat(server.put("boss", "/api/v1/accounts/bot/grants", ADMIN_AND_REVIEWER).status()).isEqualTo(202);
        for (String own : List.of("ci", "bot", "boss")) {
            waiting(server.put("boss", "/api/v1/accounts/" + own + "/groups", "{\"groups\":[\"medical\"]}"));
        }
        assertThat(server.put("boss", "/api/v1/accounts/eve/groups", "{\"groups\":[\"medical\"]}").status()).isEqualTo(200);
    }

    @Test
    void isConfirmedBySomebodyWhoIsThereAndNotByAKey() {
        Answer key = done(server.post("boss", "/api/v1/accounts/boss/keys", "{\"name\":\"laptop\"}"));
        String bearer = "Bearer " + key.at("secretKey");
        Answer proposed = waiting(policy("admin", "keyed", 1));
        refused(confirm(bearer, proposed), 403, "person-must-act", "boss", "confirm-change", "environment:keyed");
        done(confirm("boss", proposed));
        waiting(policy(bearer, "keyed", 2));
    }

    @Test
    void whoLocksTheOtherAdminDecidesNoMoreAlone() {
        done(server.post("admin", "/api/v1/accounts/boss/lock", "{\"reason\":\"in the way\"}"));
        Answer proposed = waiting(policy("admin", "locked", 0));
        assertThat(confirm("boss", proposed).status()).isEqualTo(401);
        refused(server.put("admin", "/api/v1/accounts/boss/password", "{\"password\":\"something new and long\"}"), 409,
                "second-admin-required", "admin", "set-password", "account:boss");
        done(server.post("admin", "/api/v1/accounts/boss/unlock", "{\"reason\":\"done\"}"));
        done(decline("boss", proposed));
    }

    @Test
    void whoIsAnAdminIsDecidedByTwo() {
        for (String account : List.of("boss", "admin")) {
            Answer proposed = waiting(grants("admin", account, "[]"));
            refused(confirm("admin", proposed), 403, "proposer-may-not-confirm", "admin", "confirm-change", "account:" + account);
            waiting(policy("admin", "alone", 0));
            done(decline("boss", proposed));
        }
        anotherAdmin("cora");
        assertThat(server.get("cora", "/api/v1/me").text()).contains("\"role\":\"admin\"");
        grantsByTwo("cora", "[]");
        assertThat(server.get("cora", "/api/v1/me").text()).doesNotContain("\"role\":\"admin\"");
    }

    @Test
    void nobodyMakesThemselvesTheSecondAdmin() {
        String puppet = "{\"id\":\"puppet\",\"displayName\":\"P\",\"kind\":\"person\",\"password\":\"%s\",\"grants\":%s}";
        Answer answer = server.post("admin", "/api/v1/accounts", puppet.formatted(TestServer.PASSWORD, ADMIN));
        refused(answer, 409, "second-admin-required", "admin", "create-account", "account:puppet");
        assertThat(server.after(answer, "aude", "/api/v1/accounts/puppet").status()).isEqualTo(404);
        done(server.post("admin", "/api/v1/accounts", puppet.formatted(TestServer.PASSWORD, "[]")));
        Answer proposed = waiting(grants("admin", "puppet", ADMIN));
        refused(confirm("puppet", proposed), 403, "missing-grant", "puppet", "confirm-change", "account:puppet");
        done(decline("boss", proposed));
    }

    @Test
    void nobodyComesInAsTheOtherAdmin() {
        String boss = "/api/v1/accounts/boss/";
        refused(server.put("admin", boss + "password", "{\"password\":\"something new and long\"}"), 409, "second-admin-required",
                "admin", "set-password", "account:boss");
        assertThat(server.get("boss:something new and long", "/api/v1/me").status()).isEqualTo(401);
        refused(server.put("admin", boss + "identity", "{\"issuer\":\"https://login.example.org\",\"subject\":\"admin\"}"), 409,
                "second-admin-required", "admin", "link-identity", "account:boss");
        assertThat(server.put("boss", boss + "password", "{\"password\":\"" + TestServer.PASSWORD + "\"}").status())
                .as("one's own").isEqualTo(200);
    }

    @Test
    void anAdminsAccountEndsOnceTheRoleIsTakenAway() {
        for (String account : List.of("boss", "admin")) {
            String path = "/api/v1/accounts/" + account;
            refused(server.post("admin", path + "/closure", "{\"reason\":\"r\"}"), 409, "second-admin-required", "admin",
                    "close-account", "account:" + account);
            refused(server.post("admin", path + "/erasure", "{\"reason\":\"r\"}"), 409, "second-admin-required", "admin",
                    "erase-account", "account:" + account);
        }
        anotherAdmin("cleo");
        grantsByTwo("cleo", "[]");
        done(server.post("admin", "/api/v1/accounts/cleo/closure", "{\"reason\":\"left\"}"));
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
        anotherAdmin("carol");
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
        grantsByTwo("carol", "[]");
    }

    /** One of two admins agrees to lose the role while the other changes a policy: nobody was alone before they were. */
    @Test
    void noPolicyIsChangedAloneWhileThereIsASecondAdmin() throws Exception {
        anotherAdmin("dora");
        grantsByTwo("boss", "[]");
        for (int round = 0; round < 5; round++) {
            int approvals = round;
            Answer proposed = waiting(grants("admin", "dora", "[]"));
            List<Answer> answers = atOnce(List.of(() -> policy("admin", "alone-" + approvals, approvals),
                    () -> confirm("dora", proposed)));
            Answer policy = answers.getFirst();
            Answer left = done(answers.getLast());
            boolean waits = policy.status() == 202;
            assertThat(waits).as(policy.text()).isEqualTo(policy.position() < left.position());
            assertThat(grants("admin", "dora", ADMIN).status()).isEqualTo(200);
        }
        done(confirm("dora", waiting(grants("admin", "boss", ADMIN))));
        grantsByTwo("dora", "[]");
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
