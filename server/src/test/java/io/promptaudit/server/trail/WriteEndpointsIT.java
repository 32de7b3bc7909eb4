package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.command.trail.Recorder;
import io.promptaudit.command.trail.Refused;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What write endpoints answer when they do not write: unknown things, rules, and bodies that say nothing. */
class WriteEndpointsIT {
    private static final String PROMPT = "/api/v1/prompts/rules%2Fa";
    private static final String V1 = PROMPT + "/versions/1/";
    private static final String V2 = PROMPT + "/versions/2/";
    private static final String POLICY = """
            {"requiredApprovals":%d,"authorMayApprove":false,"approverMayDeploy":false,"requiredChecks":%s,
             "emergencyAllowed":%s,"frozen":%s,"reason":"rules"}""";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        String deployer = "{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":[\"lab\",\"strict\",\"icy\",\"nowhere\"]}";
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"},{\"role\":\"reviewer\",\"prompts\":\"**\"},"
                + deployer + "]");
        server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}," + deployer + "]");
        server.account("stan", "[]");
        server.post("admin", "/api/v1/accounts", """
                {"id":"robot","displayName":"Robot","kind":"service","password":"%s",
                 "grants":[{"role":"reviewer","prompts":"**"}]}""".formatted(TestServer.PASSWORD));
        server.put("admin", "/api/v1/environments/production/policy", POLICY.formatted(0, "[]", true, "null"));
        server.put("admin", "/api/v1/environments/lab/policy", POLICY.formatted(0, "[]", true, "null"));
        server.put("admin", "/api/v1/environments/strict/policy", POLICY.formatted(1, "[\"eval\"]", false, "null")
                .replace("\"frozen\"", "\"reauthenticateWithin\":\"PT1H\",\"frozen\""));
        server.put("admin", "/api/v1/environments/icy/policy", POLICY.formatted(0, "[]", true, "{\"reason\":\"cold\"}"));
        done(server.post("wanda", "/api/v1/prompts", prompt("rules/a")));
        for (int version = 1; version <= 2; version++) {
            done(server.post("wanda", PROMPT + "/versions",
                    "{\"basedOn\":%d,\"content\":\"x\",\"note\":\"n\"}".formatted(version)));
        }
    }

    @AfterAll
    static void stop() {
        SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        server.close();
    }

    @Nested
    class WithoutARule {
        private long head;

        @BeforeEach
        void before() {
            head = server.head();
        }

        @AfterEach
        void nothingChanged() {
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void anUnknownPromptIsNotFound() {
            for (EveryWrite write : EveryWrite.ALL) {
                if (write.isOnPrompt() && !write.name().equals("prompt")) {
                    answers(write.on("no/such"), 404, "prompt-not-found");
                }
            }
        }

        @Test
        void anUnknownVersionIsNotFound() {
            for (EveryWrite write : EveryWrite.ALL) {
                if (write.isOnVersion()) {
                    for (String number : List.of("99", "0", "2147483648", "99999999999999999999")) {
                        answers(write.on("rules/a").with("versions/2/", "versions/" + number + "/"), 404, "version-not-found");
                    }
                    answers(write.on("rules/a").with("versions/2/", "versions/x/"), 400, "malformed-request");
                }
            }
            answer(server.post("wanda", PROMPT + "/deployments", deployment(99, "lab")), 404, "version-not-found");
            answer(server.post("wanda", PROMPT + "/rollbacks", "{\"environment\":\"lab\",\"toVersion\":99,\"reason\":\"r\"}"),
                    404, "version-not-found");
        }

        @Test
        void anUnknownEnvironmentIsNotFound() {
            for (EveryWrite write : EveryWrite.ALL) {
                if (write.isInEnvironment()) {
                    answers(write.on("rules/a").with("\"lab\"", "\"nowhere\""), 404, "environment-not-found");
                }
            }
        }

        @Test
        void anUnknownDeploymentIsNotFound() {
            for (String id : List.of("none", "d6e5b1a4-0000-4000-8000-000000000000")) {
                answer(server.post("rita", PROMPT + "/emergency-reviews",
                        "{\"deployment\":\"%s\",\"verdict\":\"good\",\"comment\":\"c\"}".formatted(id)), 404,
                        "deployment-not-found");
            }
        }

        @Test
        void anUnknownAccountIsNotFound() {
            for (EveryWrite write : EveryWrite.ALL) {
                if (write.path().contains("/temp/")) {
                    answers(write.with("/temp/", "/nobody/"), 404, "account-not-found");
                }
            }
        }

        @Test
        void anUnknownChangeIsNotFound() {
            for (EveryWrite write : EveryWrite.ALL) {
                if (write.path().contains("CHANGE")) {
                    for (String id : List.of("none", "d6e5b1a4-0000-4000-8000-000000000000", "%00", "x".repeat(100))) {
                        Answer answer = server.post("admin", write.path().replace("CHANGE", id), write.body());
                        assertThat(answer.status()).as(id + answer.text()).isIn(400, 404);
                        assertThat(answer.problem()).as(answer.text()).isIn("change-not-found", "malformed-request");
                    }
                }
            }
        }

        /** The id of another event names no change. */
        @Test
        void anEventThatProposesNothingIsNoChange() {
            String event = server.get("admin", "/api/v1/audit?limit=1").json().path("items").get(0).path("eventId").asString();
            answer(server.post("admin", "/api/v1/changes/" + event + "/confirmation", "{}"), 404, "change-not-found");
        }

        @Test
        void aBadBodyIsRefusedByItsField() {
            String comments = V1 + "comments";
            fault(server.post("wanda", comments, "{}"), 400, "malformed-request", "text");
            fault(server.post("wanda", comments, "{\"text\":7}"), 400, "malformed-request", "text");
            fault(server.post("wanda", comments, "{\"text\":\"a\",\"txt\":\"b\"}"), 400, "malformed-request", "txt");
            fault(server.post("wanda", comments, "{\"text\":\"a\",\"text\":\"b\"}"), 400, "malformed-request", "text");
            fault(server.post("wanda", comments, "{\"text\":\"\\ud800\"}"), 400, "malformed-request", "text");
            fault(server.post("wanda", comments, "{\"text\":"), 400, "malformed-request", "body");
            fault(server.post("wanda", comments, "[]"), 400, "malformed-request", "body");
            fault(server.post("wanda", "/api/v1/prompts", prompt(" a")), 422, "invalid-value", "name");
            fault(server.post("wanda", "/api/v1/prompts", prompt("a").replace("\"x\"", "\"" + "x".repeat(1 << 20) + "y\"")), 422,
                    "invalid-value", "content");
            fault(server.post("admin", "/api/v1/accounts", "{\"id\":\"x\",\"displayName\":\"X\",\"kind\":\"person\",\"grants\":"
                    + "[{\"role\":\"deployer\",\"prompts\":\"**\"}]}"), 422, "invalid-value", "grants[0].environments");
            answer(server.send("wanda", "POST", comments, "text", "Content-Type", "text/plain"), 415, "unsupported-media-type");
            answer(server.post("wanda", comments, "{\"text\":\"" + "x".repeat(8 << 20) + "\"}"), 413, "content-too-large");
            answer(server.post("", comments, "{\"text\":\"a\"}"), 401, "not-signed-in");
        }
    }

    @Nested
    class ByARule {
        @Test
        void whoHoldsNoGrantIsRefusedAlikeForWhatExistsAndWhatDoesNot() {
            for (EveryWrite write : EveryWrite.ALL) {
                var stranger = new EveryWrite(write.name(), "stan", write.method(), write.path(), write.body());
                Answer known = stranger.on("rules/a").with("temp", "rita").send(server);
                onRecord(known, Rule.MISSING_GRANT);
                Answer unknown = stranger.on("rules/b").with("temp", "ruth").send(server);
                onRecord(unknown, Rule.MISSING_GRANT);
                assertThat(unknown.at("detail").replace("rules/b", "rules/a")).isEqualTo(known.at("detail"));
            }
        }

        /** A new rule fails here until it has a sample. */
        @Test
        void everyRefusalIsOnRecord() {
            var tried = EnumSet.noneOf(Rule.class);
            refused(tried, "stan", V1 + "comments", "{\"text\":\"t\"}", Rule.MISSING_GRANT);
            refused(tried, "wanda", "/api/v1/prompts", prompt("rules/a"), Rule.PROMPT_EXISTS);
            refused(tried, "wanda", PROMPT + "/versions", "{\"basedOn\":7,\"content\":\"x\",\"note\":\"n\"}",
                    Rule.STALE_VERSION);
            review(tried);
            release(tried);
            emergency(tried);
            schedule(tried);
            archive(tried);
            accounts(tried);
            changes(tried);
            assertThat(tried).isEqualTo(EnumSet.allOf(Rule.class));
        }

        private void review(EnumSet<Rule> tried) {
            refused(tried, "wanda", V1 + "approvals", "{}", Rule.AUTHOR_MAY_NOT_APPROVE);
            refused(tried, "robot", V1 + "approvals", "{}", Rule.REAUTHENTICATION_REQUIRED);
            refused(tried, "rita", V1 + "revocations", "{\"reason\":\"r\"}", Rule.NOT_APPROVED);
            refused(tried, "rita", V1 + "rejection-withdrawals", "{\"reason\":\"r\"}", Rule.NOT_REJECTED);
            done(server.post("rita", V2 + "rejections", "{\"reason\":\"r\"}"));
            refused(tried, "rita", V2 + "rejections", "{\"reason\":\"r\"}", Rule.ALREADY_REJECTED);
            refused(tried, "wanda", PROMPT + "/deployments", deployment(2, "lab"), Rule.VERSION_REJECTED);
            done(server.post("wanda", V1 + "approval-requests", "{}"));
            refused(tried, "wanda", V1 + "approval-requests", "{}", Rule.ALREADY_IN_REVIEW);
            refused(tried, "wanda", PROMPT + "/deployments", deployment(1, "strict"), Rule.REQUIRED_APPROVALS);
            done(server.post("rita", V1 + "approvals", "{}"));
            refused(tried, "rita", V1 + "approvals", "{}", Rule.ALREADY_APPROVED);
        }

        private void release(EnumSet<Rule> tried) {
            refused(tried, "rita", PROMPT + "/deployments", deployment(1, "strict"), Rule.APPROVER_MAY_NOT_DEPLOY);
            refused(tried, "wanda", PROMPT + "/deployments", deployment(1, "strict"), Rule.REQUIRED_CHECKS);
            refused(tried, "wanda", PROMPT + "/deployments", deployment(1, "icy"), Rule.FROZEN);
            String lab = "{\"environment\":\"lab\",\"reason\":\"r\"}";
            refused(tried, "wanda", PROMPT + "/withdrawals", lab, Rule.NOTHING_ACTIVE);
            refused(tried, "wanda", PROMPT + "/rollbacks", lab, Rule.ROLLBACK_TARGET_NOT_RELEASED);
            Answer deployed = done(server.post("wanda", PROMPT + "/deployments", deployment(1, "lab")));
            refused(tried, "wanda", PROMPT + "/deployments", deployment(1, "lab"), Rule.ALREADY_ACTIVE);
            refused(tried, "rita", PROMPT + "/emergency-reviews", judgement(deployed), Rule.NO_OPEN_EMERGENCY);
        }

        private void emergency(EnumSet<Rule> tried) {
            String urgent = deployment(3, "lab").replace("}", ",\"emergency\":true}");
            refused(tried, "wanda", PROMPT + "/deployments", urgent, Rule.EMERGENCY_NEEDS_TICKET);
            String explained = urgent.replace("}", ",\"ticket\":\"INC-1\"}");
            refused(tried, "wanda", PROMPT + "/deployments", explained.replace("lab", "strict"), Rule.EMERGENCY_NOT_ALLOWED);
            Answer deployed = done(server.post("wanda", PROMPT + "/deployments", explained));
            refused(tried, "wanda", PROMPT + "/emergency-reviews", judgement(deployed), Rule.DEPLOYER_MAY_NOT_REVIEW);
        }

        private void schedule(EnumSet<Rule> tried) {
            String at = Instant.now().plusSeconds(86_400).toString();
            Answer scheduled = done(server.post("wanda", PROMPT + "/schedules",
                    deployment(1, "lab").replace("}", ",\"at\":\"" + at + "\"}")));
            String path = PROMPT + "/schedules/" + scheduled.at("schedule");
            assertThat(server.send("wanda", "DELETE", path, null).status()).isEqualTo(200);
            onRecord(server.send("wanda", "DELETE", path, null), Rule.SCHEDULE_NOT_PENDING);
            tried.add(Rule.SCHEDULE_NOT_PENDING);
        }

        private void archive(EnumSet<Rule> tried) {
            refused(tried, "wanda", PROMPT + "/archival", "{\"reason\":\"r\"}", Rule.STILL_ACTIVE);
            done(server.post("wanda", PROMPT + "/withdrawals", "{\"environment\":\"lab\",\"reason\":\"r\"}"));
            done(server.post("wanda", PROMPT + "/archival", "{\"reason\":\"r\"}"));
            refused(tried, "wanda", V1 + "comments", "{\"text\":\"t\"}", Rule.ARCHIVED);
            done(server.post("wanda", PROMPT + "/restoration", "{\"reason\":\"r\"}"));
            refused(tried, "wanda", PROMPT + "/restoration", "{\"reason\":\"r\"}", Rule.NOT_ARCHIVED);
        }

        private void accounts(EnumSet<Rule> tried) {
            String temp = "{\"id\":\"temp\",\"displayName\":\"T\",\"kind\":\"person\"}";
            done(server.post("admin", "/api/v1/accounts", temp));
            refused(tried, "admin", "/api/v1/accounts", temp, Rule.ACCOUNT_EXISTS);
            String identity = "{\"issuer\":\"https://login.example.org\",\"subject\":\"s-1\"}";
            assertThat(server.put("admin", "/api/v1/accounts/wanda/identity", identity).status()).isEqualTo(200);
            onRecord(server.put("admin", "/api/v1/accounts/temp/identity", identity), Rule.IDENTITY_TAKEN);
            tried.add(Rule.IDENTITY_TAKEN);
            done(server.post("admin", "/api/v1/accounts/temp/erasure", "{\"reason\":\"r\"}"));
            refused(tried, "admin", "/api/v1/accounts/temp/erasure", "{\"reason\":\"r\"}", Rule.ACCOUNT_ERASED);
            refused(tried, "admin", "/api/v1/accounts/admin/erasure", "{\"reason\":\"r\"}", Rule.LAST_ADMIN);
            onRecord(server.put("admin", "/api/v1/accounts/admin/grants", "{\"grants\":[]}"), Rule.LAST_ADMIN);
            onRecord(server.put("admin", "/api/v1/accounts/temp/grants", "{\"grants\":[]}"), Rule.ACCOUNT_ERASED);
            assertThat(server.get("admin", "/api/v1/me").status()).isEqualTo(200);
            locksAndDelegates(tried);
        }

        private void locksAndDelegates(EnumSet<Rule> tried) {
            server.account("lola", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
            String reason = "{\"reason\":\"r\"}";
            refused(tried, "admin", "/api/v1/accounts/lola/unlock", reason, Rule.NOT_LOCKED);
            done(server.post("admin", "/api/v1/accounts/lola/lock", reason));
            refused(tried, "admin", "/api/v1/accounts/lola/lock", reason, Rule.ALREADY_LOCKED);
            refusedInFlight(tried, "lola", null, Rule.ACCOUNT_LOCKED);
            done(server.post("admin", "/api/v1/accounts/lola/closure", reason));
            refused(tried, "admin", "/api/v1/accounts/lola/unlock", reason, Rule.ACCOUNT_CLOSED);
            refusedInFlight(tried, "lola", null, Rule.ACCOUNT_CLOSED);
            onRecord(server.put("robot", "/api/v1/accounts/robot/delegates/other", "{}"), Rule.PERSON_MUST_ACT);
            tried.add(Rule.PERSON_MUST_ACT);
            refusedInFlight(tried, "robot", "wanda", Rule.NOT_A_DELEGATE);
            String keys = "/api/v1/accounts/robot/keys";
            for (int i = 0; i < 19; i++) {
                done(server.post("admin", keys, "{\"name\":\"k\"}"));
            }
            String rotation = keys + "/" + done(server.post("admin", keys, "{\"name\":\"k\"}")).at("publicKey") + "/rotation";
            refused(tried, "admin", keys, "{\"name\":\"k\"}", Rule.TOO_MANY_KEYS);
            String first = server.get("admin", keys).json().path("items").get(19).path("publicKey").asString();
            assertThat(server.send("admin", "DELETE", keys + "/" + first, null).status()).isEqualTo(200);
            done(server.post("admin", rotation, "{\"overlap\":\"PT0S\"}"));
            refused(tried, "admin", rotation, "{}", Rule.KEY_ENDED);
        }

        /** A caller who was admitted a moment before. */
        private void refusedInFlight(EnumSet<Rule> tried, String account, @Nullable String onBehalfOf, Rule rule) {
            var stale = new Caller(account, AccountKind.SERVICE, onBehalfOf, List.of(), "password:" + account);
            var context = new RequestContext("r-" + rule, "t", null, null, null);
            assertThatExceptionOfType(Refused.class)
                    .isThrownBy(() -> server.bean(Recorder.class).record(new CommentOnPrompt("rules/a", 1, "t"), stale, context))
                    .satisfies(refused -> {
                        assertThat(refused.rule()).isEqualTo(rule);
                        JsonNode entry = server.get("admin", "/api/v1/audit?outcome=refused&limit=1", "Audit-Position",
                                Long.toString(refused.position())).json().path("items").get(0);
                        assertThat(entry.path("rule").asString()).isEqualTo(rule.id());
                        assertThat(entry.path("actor").asString()).isEqualTo(account);
                        assertThat(entry.path("onBehalfOf").asString("")).isEqualTo(onBehalfOf == null ? "" : onBehalfOf);
                    });
            tried.add(rule);
        }

        private void changes(EnumSet<Rule> tried) {
            done(server.post("admin", "/api/v1/accounts", """
                    {"id":"ci","displayName":"C","kind":"service","password":"%s","grants":[{"role":"admin"}]}"""
                    .formatted(TestServer.PASSWORD)));
            server.account("boss", "[{\"role\":\"admin\"}]");
            String first = confirmation();
            String second = confirmation();
            refused(tried, "admin", first, "{}", Rule.PROPOSER_MAY_NOT_CONFIRM);
            refused(tried, "ci", first, "{}", Rule.PERSON_MUST_ACT);
            done(server.post("boss", first, "{}"));
            refused(tried, "boss", first, "{}", Rule.CHANGE_SETTLED);
            refused(tried, "boss", second, "{}", Rule.STALE_CHANGE);
            refused(tried, "admin", "/api/v1/accounts/boss/erasure", "{\"reason\":\"r\"}", Rule.SECOND_ADMIN_REQUIRED);
            done(server.post("boss", confirmation(server.put("admin", "/api/v1/accounts/boss/grants", "{\"grants\":[]}")), "{}"));
            done(server.post("admin", "/api/v1/accounts/boss/erasure", "{\"reason\":\"r\"}"));
        }

        private String confirmation() {
            return confirmation(
                    server.put("admin", "/api/v1/environments/lab/policy", POLICY.formatted(0, "[]", true, "null")));
        }

        private String confirmation(Answer proposed) {
            assertThat(proposed.status()).as(proposed.text()).isEqualTo(202);
            return "/api/v1/changes/%s/confirmation".formatted(proposed.at("change"));
        }

        private void refused(EnumSet<Rule> tried, String account, String path, String body, Rule rule) {
            onRecord(server.post(account, path, body), rule);
            tried.add(rule);
        }
    }

    /** The answer names the rule, and the feed has the refusal at the position it says, as the newest event. */
    private static void onRecord(Answer answer, Rule rule) {
        answer(answer, rule.status(), rule.id());
        assertThat(answer.at("rule")).isEqualTo(rule.id());
        assertThat(answer.position()).isEqualTo(server.head());
        JsonNode told = server.get("admin", "/api/v1/events?limit=1&after=" + (answer.position() - 1), "Accept",
                "application/json").json().path("items").get(0);
        assertThat(told.path("id").asString()).isEqualTo(answer.at("eventId"));
        assertThat(told.path("type").asString()).isEqualTo("io.promptaudit.command.refused.v1");
        assertThat(told.path("data").path("rule").asString()).isEqualTo(rule.id());
        assertThat(told.path("data").path("detail").asString()).isEqualTo(answer.at("detail"));
        assertThat(server.after(answer, "admin", "/api/v1/audit?outcome=refused&limit=1").json().path("items").get(0)
                .path("eventId").asString()).isEqualTo(answer.at("eventId"));
    }

    private static void answers(EveryWrite write, int status, String problem) {
        answer(write.send(server), status, problem);
    }

    private static void answer(Answer answer, int status, String problem) {
        assertThat(answer.problem()).as(answer.text()).isEqualTo(problem);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static void fault(Answer answer, int status, String problem, String field) {
        answer(answer, status, problem);
        assertThat(answer.at("field")).as(answer.text()).isEqualTo(field);
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static String judgement(Answer deployment) {
        return "{\"deployment\":\"%s\",\"verdict\":\"good\",\"comment\":\"c\"}".formatted(deployment.at("eventId"));
    }

    private static String deployment(int version, String environment) {
        return "{\"version\":%d,\"environment\":\"%s\",\"reason\":\"r\"}".formatted(version, environment);
    }

    private static String prompt(String name) {
        return "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name);
    }
}
