package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.command.prompt.DueSchedules;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Deployments for a later moment, on a server whose clock is moved: executed, cancelled by the rules of then, or missed. */
class SchedulesIT {
    private static final String POLICY = """
            {"requiredApprovals":%d,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":%s,
             "emergencyAllowed":true,"frozen":%s,"reason":"tests"}""";
    private static final String DEPLOYER = "[{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":"
            + "[\"night\",\"strict\",\"icy\",\"checked\",\"nowhere\"]}]";
    private static final Duration HOUR = Duration.ofHours(1);
    /** So that a failing test ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = launch();
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
        server.account("dana", DEPLOYER);
        server.account("vera", "[{\"role\":\"viewer\",\"prompts\":\"seen/**\"}]");
        policy("night", POLICY.formatted(0, "[]", "null"));
        policy("strict", POLICY.formatted(1, "[]", "null"));
        policy("icy", POLICY.formatted(0, "[]", "null"));
        policy("checked", POLICY.formatted(0, "[]", "null"));
    }

    private static TestServer launch() {
        return new TestServer(folder, new Class<?>[]{MovedClock.class});
    }

    @AfterAll
    static void stop() {
        await().atMost(PATIENCE).untilAsserted(() -> SequenceChecks.requireWhole(server.bean(JdbcClient.class)));
        server.close();
    }

    @Test
    void deploysOnceTheMomentHasCome() {
        String prompt = prompt("seen/plain");
        Answer made = schedule("dana", prompt, "night", HOUR);
        assertThat(made.at("schedule")).isEqualTo(made.at("eventId"));
        assertThat(only(prompt, "pending").path("at").asString()).isGreaterThan(made.at("recordedAt"));
        server.bean(DueSchedules.class).execute();
        assertThat(active(prompt, "night").problem()).isEqualTo("never-active");

        pass(HOUR);
        JsonNode done = only(prompt, "done");
        assertThat(done.path("schedule").asString()).isEqualTo(made.at("schedule"));
        JsonNode active = active(prompt, "night").json();
        assertThat(active.path("deployment").asString()).isEqualTo(done.path("deployment").asString());
        assertThat(active.path("since").asString()).isGreaterThanOrEqualTo(done.path("at").asString());
        assertThat(first(prompt + "/deployments").path("schedule").asString()).isEqualTo(made.at("schedule"));
        JsonNode line = first(prompt + "/history");
        assertThat(line.path("actor").asString()).isEqualTo("system");
        assertThat(line.path("onBehalfOf").asString()).isEqualTo("dana");
        assertThat(line.path("sentence").asString())
                .isEqualTo("system on behalf of dana deployed version 1 of \"seen/plain\" to night, as scheduled, ticket CHG-1.");
        assertThat(server.send("dana", "DELETE", prompt + "/schedules/" + made.at("schedule"), null).at("rule"))
                .isEqualTo("schedule-not-pending");
    }

    @Test
    void isCancelledByARejection() {
        cancelled("rejected", "night", "version-rejected", prompt -> server.post("rita", prompt + "/versions/1/rejections",
                "{\"reason\":\"r\"}"));
    }

    @Test
    void isCancelledByRevokedApprovals() {
        String prompt = prompt("revoked");
        server.post("rita", prompt + "/versions/1/approvals", "{}");
        schedule("dana", prompt, "strict", HOUR);
        server.post("rita", prompt + "/versions/1/revocations", "{\"reason\":\"r\"}");
        pass(HOUR);
        assertCancelled(prompt, "strict", "dana", "required-approvals");
    }

    @Test
    void isCancelledByAChangedPolicy() {
        cancelled("checked", "checked", "required-checks", _ -> policy("checked", POLICY.formatted(0, "[\"eval\"]", "null")));
    }

    @Test
    void isCancelledByAFailedCheck() {
        cancelled("failed", "checked", "required-checks", prompt -> {
            server.post("wanda", prompt + "/versions/1/checks", "{\"name\":\"eval\",\"outcome\":\"passed\"}");
            server.post("wanda", prompt + "/versions/1/checks", "{\"name\":\"eval\",\"outcome\":\"failed\"}");
            policy("checked", POLICY.formatted(0, "[\"eval\"]", "null"));
        });
    }

    @Test
    void isCancelledByAFreeze() {
        cancelled("frozen", "icy", "frozen", _ -> policy("icy", POLICY.formatted(0, "[]", "{\"reason\":\"cold\"}")));
    }

    @Test
    void isCancelledByAnArchival() {
        cancelled("archived", "night", "archived", prompt -> server.post("wanda", prompt + "/archival", "{\"reason\":\"r\"}"));
    }

    @Test
    void isCancelledWhereTheVersionIsActiveByThen() {
        String prompt = prompt("active");
        schedule("dana", prompt, "night", HOUR);
        Answer deployed = server.post("dana", prompt + "/deployments",
                "{\"version\":1,\"environment\":\"night\",\"reason\":\"now\"}");
        pass(HOUR);
        assertThat(told(prompt, "night", "dana")).isEqualTo("already-active");
        assertThat(active(prompt, "night").at("deployment")).isEqualTo(deployed.at("eventId"));
    }

    @Test
    void isCancelledWithARemovedGrant() {
        server.account("mona", DEPLOYER);
        String prompt = prompt("demoted");
        schedule("mona", prompt, "night", HOUR);
        server.put("admin", "/api/v1/accounts/mona/grants", "{\"grants\":" + DEPLOYER.replace("night", "other") + "}");
        pass(HOUR);
        assertCancelled(prompt, "night", "mona", "missing-grant");
    }

    @Test
    void isCancelledOfAnErasedAccount() {
        server.account("gone", DEPLOYER);
        String prompt = prompt("erased");
        schedule("gone", prompt, "night", HOUR);
        server.post("admin", "/api/v1/accounts/gone/erasure", "{\"reason\":\"left\"}");
        pass(HOUR);
        assertCancelled(prompt, "night", "gone", "account-closed");
    }

    @Test
    void isCancelledByAPerson() {
        String prompt = prompt("withdrawn");
        Answer made = schedule("dana", prompt, "night", HOUR);
        String path = prompt + "/schedules/" + made.at("schedule");
        assertThat(server.send("rita", "DELETE", path, null).at("rule")).isEqualTo("missing-grant");
        Answer cancelled = server.send("dana", "DELETE", path, "{\"reason\":\"not tonight\"}");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(200);
        pass(HOUR);
        JsonNode shown = only(prompt, "cancelled");
        assertThat(shown.path("cancelled").path("cause").asString()).isEqualTo("person");
        assertThat(shown.path("cancelled").path("reason").asString()).isEqualTo("not tonight");
        assertThat(active(prompt, "night").problem()).isEqualTo("never-active");
    }

    @Test
    void survivesARestartAndIsMissedWhenItTookTooLong() {
        String late = prompt("late");
        schedule("dana", late, "night", Duration.ofMinutes(10));
        String soon = prompt("soon");
        schedule("dana", soon, "night", Duration.ofMinutes(40));
        server.close();
        MovedClock.move(Duration.ofMinutes(80));
        server = launch();
        assertThat(only(soon, "done").path("deployment").asString()).isNotEmpty();
        JsonNode missed = only(late, "cancelled").path("cancelled");
        assertThat(missed.path("cause").asString()).isEqualTo("missed");
        assertThat(missed.has("rule")).isFalse();
        assertThat(first(late + "/history").path("sentence").asString()).isEqualTo(
                "system on behalf of dana cancelled the scheduled deployment of version 1 of \"late\" to night, because its moment was missed.");
    }

    @Test
    void twoExecutorsAtOnceMakeOneEvent() throws Exception {
        var prompts = new ArrayList<String>();
        for (int n = 0; n < 8; n++) {
            prompts.add(prompt("race/" + n));
            schedule("dana", prompts.getLast(), "night", HOUR);
        }
        MovedClock.move(HOUR);
        var start = new CountDownLatch(1);
        var running = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    server.bean(DueSchedules.class).execute();
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : running) {
                one.get();
            }
        }
        for (String prompt : prompts) {
            only(prompt, "done");
            assertThat(items(prompt + "/events")).hasSize(3);
        }
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        String prompt = prompt("wrong");
        long head = server.head();
        fault(prompt, body(1, "night", MovedClock.now().minusSeconds(60).toString()), 422, "must lie in the future");
        fault(prompt, body(1, "night", MovedClock.now().plus(Duration.ofDays(400)).toString()), 422,
                "must lie at most a year ahead");
        fault(prompt, body(1, "night", "tomorrow"), 400, null);
        fault(prompt, body(1, "night", "2027-01-01T00:00:00"), 400, null);
        fault(prompt, body(1, "night", "x").replace("\"x\"", "1893456000"), 400, null);
        fault(prompt, body(1, "night", "x").replace("\"x\"", "null"), 400, "is required");
        String soon = MovedClock.now().plusSeconds(600).toString();
        assertThat(server.post("dana", prompt + "/schedules", body(2, "night", soon)).problem()).isEqualTo("version-not-found");
        assertThat(server.post("dana", prompt + "/schedules", body(1, "nowhere", soon)).problem())
                .isEqualTo("environment-not-found");
        assertThat(server.send("dana", "DELETE", prompt + "/schedules/none", null).problem()).isEqualTo("schedule-not-found");
        assertThat(server.head()).isEqualTo(head);
        assertThat(server.post("dana", prompt + "/schedules", body(1, "night", soon.replace("Z", "+00:00"))).status())
                .isEqualTo(201);
    }

    @Test
    void showsWhatIsGoingToHappenToWhoMaySeeThePrompt() {
        Answer seen = schedule("dana", prompt("seen/later"), "night", Duration.ofDays(2));
        Answer hidden = schedule("dana", prompt("hidden"), "night", Duration.ofDays(2));
        assertThat(ids(server.after(hidden, "vera", "/api/v1/schedules?state=pending"))).contains(seen.at("schedule"))
                .doesNotContain(hidden.at("schedule"));
        assertThat(ids(server.after(hidden, "admin", "/api/v1/schedules?state=pending"))).contains(seen.at("schedule"),
                hidden.at("schedule"));
        assertThat(server.get("vera", "/api/v1/prompts/hidden/schedules").problem()).isEqualTo("prompt-not-found");
        assertThat(server.get("vera", "/api/v1/schedules?state=soon").at("field")).isEqualTo("state");
    }

    private static void cancelled(String name, String environment, String rule, Consumer<String> meanwhile) {
        String prompt = prompt(name);
        schedule("dana", prompt, environment, HOUR);
        meanwhile.accept(prompt);
        pass(HOUR);
        assertCancelled(prompt, environment, "dana", rule);
        policy(environment, POLICY.formatted(environment.equals("strict") ? 1 : 0, "[]", "null"));
    }

    private static void assertCancelled(String prompt, String environment, String person, String rule) {
        assertThat(told(prompt, environment, person)).isEqualTo(rule);
        assertThat(active(prompt, environment).problem()).isEqualTo("never-active");
    }

    /** The rule by which the schedule was cancelled, as the schedule, the prompt's history and the audit tell it alike. */
    private static String told(String prompt, String environment, String person) {
        JsonNode cancelled = only(prompt, "cancelled").path("cancelled");
        assertThat(cancelled.path("cause").asString()).isEqualTo("rule");
        String rule = cancelled.path("rule").asString();
        JsonNode line = first(prompt + "/history");
        assertThat(line.path("rule").asString()).isEqualTo(rule);
        assertThat(line.path("action").asString()).isEqualTo("cancel-schedule");
        assertThat(line.path("actor").asString()).isEqualTo("system");
        assertThat(line.path("onBehalfOf").asString()).isEqualTo(person);
        assertThat(line.path("environment").asString()).isEqualTo(environment);
        assertThat(line.path("sentence").asString()).contains(" by the rule " + rule + ": ");
        assertThat(first("/api/v1/audit?outcome=refused&action=cancel-schedule")).isEqualTo(line);
        return rule;
    }

    /** Lets time pass, and what is due be decided. */
    private static void pass(Duration time) {
        MovedClock.move(time);
        server.bean(DueSchedules.class).execute();
    }

    private static Answer schedule(String account, String prompt, String environment, Duration in) {
        Answer answer = server.post(account, prompt + "/schedules", body(1, environment, MovedClock.now().plus(in).toString()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static String body(int version, String environment, String at) {
        return "{\"version\":%d,\"environment\":\"%s\",\"at\":\"%s\",\"reason\":\"at night\",\"ticket\":\"CHG-1\"}"
                .formatted(version, environment, at);
    }

    private static void fault(String prompt, String body, int status, @Nullable String rule) {
        Answer answer = server.post("dana", prompt + "/schedules", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.at("field")).as(answer.text()).isEqualTo("at");
        if (rule != null) {
            assertThat(answer.at("detail")).isEqualTo("at " + rule);
        }
    }

    private static String prompt(String name) {
        Answer made = server.post("wanda", "/api/v1/prompts",
                "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return "/api/v1/prompts/" + TestServer.segment(name);
    }

    private static void policy(String environment, String policy) {
        assertThat(server.put("admin", "/api/v1/environments/" + environment + "/policy", policy).status()).isEqualTo(200);
    }

    /** The prompt's only schedule, which must be in this state. */
    private static JsonNode only(String prompt, String state) {
        // Nobody waits for the position of what the server does itself.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(items(prompt + "/schedules").valueStream()
                .map(schedule -> schedule.path("state").asString())).containsExactly(state));
        return first(prompt + "/schedules");
    }

    private static Answer active(String prompt, String environment) {
        return server.get("admin", prompt + "/active?environment=" + environment, "Audit-Position",
                Long.toString(server.head()));
    }

    private static JsonNode first(String path) {
        return items(path).get(0);
    }

    private static JsonNode items(String path) {
        return server.get("admin", path, "Audit-Position", Long.toString(server.head())).json().path("items");
    }

    private static List<String> ids(Answer page) {
        return page.json().path("items").valueStream().map(item -> item.path("schedule").asString()).toList();
    }
}
