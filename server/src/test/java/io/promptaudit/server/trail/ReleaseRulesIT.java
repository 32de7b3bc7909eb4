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

/**
 * What a release policy asks for beside a number of approvals. Each test has an environment and a prompt of its own; each refusal
 * says what is missing, and is in the trail with who tried what, by which rule of which revision.
 */
class ReleaseRulesIT {
    private static final String REVIEWER = "{\"role\":\"reviewer\",\"prompts\":\"**\"}";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        String editor = "{\"role\":\"editor\",\"prompts\":\"**\"}";
        server.account("ada", "[%s,%s]".formatted(editor, REVIEWER));
        server.account("ben", "[%s,%s]".formatted(editor, REVIEWER));
        server.account("cleo", "[%s,{\"role\":\"auditor\"}]".formatted(REVIEWER));
        server.account("dan", """
                [{"role":"deployer","prompts":"**","environments":["places","authors","fresh","icy"]}]""");
        server.post("admin", "/api/v1/accounts", """
                {"id":"robot","displayName":"Robot","kind":"service","password":"%s","grants":[%s]}"""
                .formatted(TestServer.PASSWORD, REVIEWER));
        set("production", 0, "");
    }

    @AfterAll
    static void stop() {
        SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        server.close();
    }

    @Test
    void placesAreFilledByPeopleWithTheirRole() {
        String prompt = prompt("rules/places");
        long revision = set("places", 1, "\"approvals\":[{\"role\":\"auditor\",\"count\":1}],");
        done(server.post("ben", prompt + "/versions/1/approvals", "{}"), 201);
        refused("dan", prompt + "/deployments", deployment(1, "places"), 409, "required-approvals", revision,
                "places (policy revision %d) requires 1 approval(s) of version 1 and 1 count; open: 1 with the role auditor;"
                        + " a reviewer with the role auditor other than its author can approve it");
        done(server.post("cleo", prompt + "/versions/1/approvals", "{\"meaning\":\"responsibility\"}"), 201);
        Answer deployed = done(server.post("dan", prompt + "/deployments", deployment(1, "places")), 201);
        for (String where : List.of("/active?environment=places", "/versions/1")) {
            JsonNode approvals = server.after(deployed, "cleo", prompt + where).json().path("approvals");
            assertThat(texts(approvals, "account")).containsExactly("ben", "cleo");
            assertThat(texts(approvals, "displayName")).containsExactly("Name of ben", "Name of cleo");
            assertThat(texts(approvals, "meaning")).containsExactly("approval", "responsibility");
            approvals.forEach(one -> assertThat(one.path("recordedAt").asString()).isNotBlank());
        }
    }

    @Test
    void placesAreFilledByMembersOfTheirGroupAtTheTimeOfSigning() {
        String prompt = prompt("rules/groups");
        long revision = set("places", 1, "\"approvals\":[{\"group\":\"medical/leads\",\"count\":1}],");
        done(server.post("ben", prompt + "/versions/1/approvals", "{}"), 201);
        done(server.put("admin", "/api/v1/accounts/ben/groups", "{\"groups\":[\"medical/leads\"]}"), 200);
        refused("dan", prompt + "/deployments", deployment(1, "places"), 409, "required-approvals", revision,
                "places (policy revision %d) requires 1 approval(s) of version 1 and 1 count; open: 1 of the group medical/leads;"
                        + " a reviewer of the group medical/leads other than its author can approve it");
        done(server.post("ben", prompt + "/versions/1/revocations", "{\"reason\":\"again\"}"), 201);
        done(server.post("ben", prompt + "/versions/1/approvals", "{}"), 201);
        done(server.post("dan", prompt + "/deployments", deployment(1, "places")), 201);
    }

    @Test
    void authorsSinceTheReleaseDoNotApprove() {
        String prompt = prompt("rules/authors");
        long revision = set("authors", 1, "\"authorsSinceRelease\":true,");
        done(server.post("ben", prompt + "/versions", "{\"basedOn\":1,\"content\":\"y\",\"note\":\"n\"}"), 201);
        done(server.post("ada", prompt + "/versions/2/approvals", "{}"), 201);
        refused("dan", prompt + "/deployments", deployment(2, "authors"), 409, "required-approvals", revision,
                "authors (policy revision %d) requires 1 approval(s) of version 2 and 0 count (ada is an author); a reviewer"
                        + " other than the authors since the last release (ada, ben) can approve it");
        done(server.post("cleo", prompt + "/versions/2/approvals", "{}"), 201);
        done(server.post("dan", prompt + "/deployments", deployment(2, "authors")), 201);
    }

    @Test
    void approvalsNeedAFreshSignInOfAPerson() {
        String prompt = prompt("rules/fresh");
        List.of("places", "authors", "shown").forEach(other -> set(other, 0, ""));
        long revision = set("fresh", 1, "\"reauthenticateWithin\":\"PT15M\",");
        refused("robot", prompt + "/versions/1/approvals", "{}", 403, "reauthentication-required", revision,
                "fresh (policy revision %d) counts approvals only within PT15M of signing in; sign in again yourself,"
                        + " not with a key, and approve version 1");
        // It could count there, and still does not where a sign-in is asked for.
        set("authors", 1, "");
        done(server.post("robot", prompt + "/versions/1/approvals", "{}"), 201);
        refused("dan", prompt + "/deployments", deployment(1, "fresh"), 409, "required-approvals", revision,
                "fresh (policy revision %d) requires 1 approval(s) of version 1 and 0 count"
                        + " (robot signed without a sign-in within PT15M);"
                        + " a reviewer other than its author, within PT15M of signing in, can approve it");
        done(server.post("ben", prompt + "/versions/1/approvals", "{}"), 201);
        done(server.post("dan", prompt + "/deployments", deployment(1, "fresh")), 201);
    }

    @Test
    void windowsFreezeAllButTheWayBack() {
        String prompt = prompt("rules/icy");
        done(server.post("ada", prompt + "/versions", "{\"basedOn\":1,\"content\":\"y\",\"note\":\"n\"}"), 201);
        set("icy", 0, "");
        done(server.post("dan", prompt + "/deployments", deployment(1, "icy")), 201);
        done(server.post("dan", prompt + "/deployments", deployment(2, "icy")), 201);
        long revision = set("icy", 0, """
                "freezeWindows":[{"from":"2020-01-01T00:00:00Z","until":"2020-01-02T00:00:00Z","reason":"past"},
                 {"from":"2020-01-01T00:00:00+01:00","until":"9999-12-31T00:00:00Z","reason":"ice age"}],""");
        String frozen = "icy (policy revision %d) is frozen from 2019-12-31T23:00:00Z until 9999-12-31T00:00:00Z: ice age."
                + " An admin can lift the freeze; a rollback works meanwhile";
        done(server.post("dan", prompt + "/rollbacks", "{\"environment\":\"icy\",\"reason\":\"r\"}"), 201);
        refused("dan", prompt + "/deployments", deployment(2, "icy"), 409, "frozen", revision, frozen);
        refused("dan", prompt + "/deployments", deployment(2, "icy").replace("}", ",\"emergency\":true,\"ticket\":\"I-1\"}"), 409,
                "frozen", revision, frozen);
    }

    @Test
    void aPolicyIsShownAsItWasSet() {
        String fields = "\"approvals\":[{\"role\":\"auditor\",\"count\":1},{\"group\":\"medical\",\"count\":2}],"
                + "\"reauthenticateWithin\":\"PT15M\",\"authorsSinceRelease\":true,"
                + "\"freezeWindows\":[{\"from\":\"2030-01-01T00:00:00Z\",\"until\":\"2030-01-02T00:00:00Z\",\"reason\":\"r\"}],";
        Answer set = done(policy("shown", 1, fields), 200);
        JsonNode shown = server.after(set, "dan", "/api/v1/environments/shown/policy").json();
        assertThat(shown.path("approvals").toString())
                .isEqualTo("[{\"role\":\"auditor\",\"count\":1},{\"group\":\"medical\",\"count\":2}]");
        assertThat(shown.path("reauthenticateWithin").asString()).isEqualTo("PT15M");
        assertThat(shown.path("authorsSinceRelease").asBoolean()).isTrue();
        assertThat(shown.path("freezeWindows").get(0).path("from").asString()).isEqualTo("2030-01-01T00:00:00.000Z");
        Answer plain = done(policy("shown", 1, "\"approvals\":null,\"reauthenticateWithin\":null,"), 200);
        assertThat(server.after(plain, "dan", "/api/v1/environments/shown/policy").json().propertyNames())
                .doesNotContain("approvals", "reauthenticateWithin", "authorsSinceRelease", "freezeWindows");
    }

    @Test
    void aBadPolicyIsRefusedByItsField() {
        long head = server.head();
        fault("\"approvals\":[{\"count\":1}],", 422, "approvals[0]");
        fault("\"approvals\":[{\"role\":\"auditor\",\"count\":11}],", 422, "approvals[0].count");
        fault("\"approvals\":[{\"role\":\"boss\",\"count\":1}],", 400, "approvals[0].role");
        fault("\"approvals\":[{\"role\":\"auditor\",\"count\":1,\"cuont\":1}],", 400, "approvals[0].cuont");
        fault("\"approvals\":[{\"role\":\"auditor\"}],", 400, "approvals[0].count");
        fault("\"approvals\":[null],", 400, "approvals[0]");
        fault("\"reauthenticateWithin\":900,", 400, "reauthenticateWithin");
        fault("\"reauthenticateWithin\":\"P31D\",", 422, "reauthenticateWithin");
        fault("\"freezeWindows\":[{\"from\":\"2030-01-01\",\"until\":\"2030-01-02T00:00:00Z\",\"reason\":\"r\"}],", 400,
                "freezeWindows[0].from");
        fault("\"freezeWindows\":[{\"until\":\"2030-01-02T00:00:00Z\",\"reason\":\"r\"}],", 400, "freezeWindows[0].from");
        fault("\"freezeWindows\":[{\"from\":\"2030-01-03T00:00:00Z\",\"until\":\"2030-01-02T00:00:00Z\",\"reason\":\"r\"}],", 422,
                "freezeWindows[0].until");
        assertThat(server.head()).isEqualTo(head);
    }

    private static void fault(String fields, int status, String field) {
        Answer answer = policy("lab", 0, fields);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.at("field")).as(answer.text()).isEqualTo(field);
    }

    private static String prompt(String name) {
        done(server.post("ada", "/api/v1/prompts",
                "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name)), 201);
        return "/api/v1/prompts/" + TestServer.segment(name);
    }

    private static Answer policy(String environment, int approvals, String more) {
        return server.put("admin", "/api/v1/environments/" + environment + "/policy", """
                {"requiredApprovals":%d,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":[],
                 "emergencyAllowed":true,"frozen":null,%s"reason":"rules"}""".formatted(approvals, more));
    }

    /** The policy's revision. */
    private static long set(String environment, int approvals, String more) {
        return done(policy(environment, approvals, more), 200).json().path("revision").asLong();
    }

    private static String deployment(int version, String environment) {
        return "{\"version\":%d,\"environment\":\"%s\",\"reason\":\"r\"}".formatted(version, environment);
    }

    private static Answer done(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    private static void refused(String account, String path, String body, int status, String rule, long revision,
            String told) {
        String detail = told.formatted(revision);
        Answer answer = done(server.post(account, path, body), status);
        assertThat(answer.at("rule")).isEqualTo(rule);
        assertThat(answer.at("detail")).isEqualTo(detail);
        JsonNode entry = server.after(answer, "cleo", "/api/v1/audit?outcome=refused&limit=1").json().path("items").get(0);
        assertThat(entry.path("eventId").asString()).isEqualTo(answer.at("eventId"));
        assertThat(entry.path("actor").asString()).isEqualTo(account);
        assertThat(entry.path("rule").asString()).isEqualTo(rule);
        assertThat(entry.path("policyRevision").asLong()).isEqualTo(revision);
        assertThat(path).startsWith("/api/v1/prompts/" + TestServer.segment(entry.path("prompt").asString()) + "/");
        assertThat(entry.path("sentence").asString()).contains(detail.replaceAll("\\.$", ""));
    }

    private static List<String> texts(JsonNode items, String field) {
        var texts = new ArrayList<String>();
        items.forEach(item -> texts.add(item.path(field).asString()));
        return texts;
    }
}
