package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What a service did for a person: every read names both, and who asks for the person finds it. */
class ActedForIT {
    private static final String P = "/api/v1/prompts/p";
    private static final Set<String> SERVICES = Set.of("ci", "ops", "desk");
    private static final Set<String> PERSONS = Set.of("ann", "bea", "admin");
    private static final List<String> NAMES = List.of("account", "actor", "author", "by", "changedBy", "createdBy",
            "requestedBy");

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder, "--promptaudit.four-eyes-admin=false");
        String all = """
                [{"role":"editor","prompts":"**"},{"role":"reviewer","prompts":"**"},
                 {"role":"deployer","prompts":"**","environments":["staging"]}]""";
        server.account("ann", all);
        server.account("bea", all);
        service("ci", all);
        service("desk", all);
        service("ops", "[{\"role\":\"admin\"}]");
        service("build", "[]");
        allow("ann", "ci");
        allow("bea", "desk");
        allow("admin", "ops");
        work();
        administration();
    }

    private static void service(String id, String grants) {
        done(server.post("admin", "/api/v1/accounts",
                "{\"id\":\"%s\",\"displayName\":\"%s\",\"kind\":\"service\",\"password\":\"%s\",\"grants\":%s}"
                        .formatted(id, id, TestServer.PASSWORD, grants)));
    }

    private static void allow(String person, String delegate) {
        done(server.put(person, "/api/v1/accounts/" + person + "/delegates/" + delegate, "{}"));
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        return answer;
    }

    /** Each person has a service of their own: one for both would be one pair of eyes. */
    private static Answer asked(String person, String path, String body) {
        return done(server.post(person.equals("ann") ? "ci" : "desk", path, body, "On-Behalf-Of", person));
    }

    private static void work() {
        asked("ann", "/api/v1/prompts", "{\"name\":\"p\",\"type\":\"text\",\"content\":\"one\",\"note\":\"n\"}");
        asked("ann", P + "/versions", "{\"basedOn\":1,\"content\":\"two\",\"note\":\"n\"}");
        asked("ann", P + "/versions/1/approval-requests", "{\"reviewers\":[\"admin\"]}");
        asked("ann", P + "/versions/1/checks", "{\"name\":\"eval\",\"outcome\":\"passed\"}");
        asked("ann", P + "/versions/1/comments", "{\"text\":\"t\"}");
        done(server.put("admin", "/api/v1/environments/staging/policy", """
                {"requiredApprovals":1,"authorMayApprove":false,"approverMayDeploy":true,"requiredChecks":["eval"],
                 "emergencyAllowed":true,"frozen":null,"reason":"r"}"""));
        asked("bea", P + "/versions/1/approvals", "{}");
        asked("ann", P + "/deployments", "{\"version\":1,\"environment\":\"staging\",\"reason\":\"r\"}");
        asked("ann", P + "/versions/2/checks", "{\"name\":\"eval\",\"outcome\":\"passed\"}");
        String emergency = asked("ann", P + "/deployments", """
                {"version":2,"environment":"staging","reason":"r","ticket":"T","emergency":true}""").at("eventId");
        asked("bea", P + "/emergency-reviews",
                "{\"deployment\":\"%s\",\"verdict\":\"bad\",\"comment\":\"c\"}".formatted(emergency));
        asked("bea", P + "/versions/2/rejections", "{\"reason\":\"r\"}");
        asked("ann", P + "/rollbacks", "{\"environment\":\"staging\",\"reason\":\"r\"}");
        String later = "{\"version\":1,\"environment\":\"staging\",\"at\":\"%s\",\"reason\":\"r\"}"
                .formatted(Instant.now().plusSeconds(86_400));
        asked("ann", P + "/schedules", later);
        String cancelled = asked("ann", P + "/schedules", later).at("eventId");
        done(server.send("ci", "DELETE", P + "/schedules/" + cancelled, "{\"reason\":\"r\"}", "On-Behalf-Of", "ann"));
    }

    private static void administration() {
        done(server.put("ops", "/api/v1/environments/lab/policy", """
                {"requiredApprovals":0,"authorMayApprove":true,"approverMayDeploy":true,"requiredChecks":[],
                 "emergencyAllowed":true,"frozen":null,"reason":"r"}""", "On-Behalf-Of", "admin"));
        done(server.put("ops", "/api/v1/accounts/build/groups", "{\"groups\":[\"g\"]}", "On-Behalf-Of", "admin"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode read(String path) {
        Answer answer = done(server.get("admin", path, "Accept", "application/json", "Audit-Position",
                Long.toString(server.head())));
        return answer.json();
    }

    /** Every object that names a service as actor also names the person; answers under which names it was found. */
    private static Set<String> named(JsonNode in, List<String> names) {
        var found = new TreeSet<String>();
        if (in.isObject()) {
            for (String name : names) {
                if (SERVICES.contains(in.path(name).asString(""))) {
                    String person = in.path("onBehalfOf").asString(in.path("onbehalfof").asString("nobody"));
                    assertThat(PERSONS).as("%s, in %s", name, in).contains(person);
                    found.add(name);
                }
            }
        }
        in.forEach(child -> found.addAll(named(child, names)));
        return found;
    }

    @Test
    void isInEveryReadOfAPrompt() {
        assertThat(named(read("/api/v1/prompts"), NAMES)).containsExactly("createdBy");
        assertThat(named(read(P), NAMES)).containsExactly("createdBy");
        assertThat(named(read(P + "/versions"), NAMES)).containsExactly("account", "author");
        assertThat(named(read(P + "/versions/1"), NAMES)).containsExactly("account", "author");
        assertThat(named(read(P + "/versions/2").path("rejections"), NAMES)).containsExactly("account");
        assertThat(named(read(P + "/versions/1/comments"), NAMES)).containsExactly("account");
        assertThat(named(read(P + "/schedules").path("items").get(0), NAMES)).containsExactly("by");
        assertThat(named(read(P + "/schedules").path("items").get(0).path("cancelled"), NAMES)).containsExactly("by");
        assertThat(named(read(P + "/history"), List.of("actor"))).containsExactly("actor");
        assertThat(named(read(P + "/replay"), NAMES)).containsExactly("account", "author", "by");
    }

    @Test
    void isInEveryReadOfARelease() {
        assertThat(named(read(P + "/active?environment=staging"), NAMES)).containsExactly("account", "author");
        assertThat(named(read("/api/v1/environments/staging/active"), NAMES)).containsExactly("account", "author");
        assertThat(named(read(P + "/deployments"), NAMES)).containsExactly("account", "by");
        JsonNode emergency = read("/api/v1/emergencies").path("items").get(0);
        assertThat(emergency.path("onBehalfOf").asString()).isEqualTo("ann");
        assertThat(emergency.path("review").path("onBehalfOf").asString()).isEqualTo("bea");
        assertThat(emergency.path("ended").path("onBehalfOf").asString()).isEqualTo("ann");
        JsonNode counted = read(P + "/deployments").path("items").get(0).path("approvals").get(0);
        assertThat(counted.path("account").asString()).isEqualTo("desk");
        assertThat(counted.path("onBehalfOf").asString()).isEqualTo("bea");
        assertThat(named(read("/api/v1/approvals"), NAMES)).containsExactly("account", "requestedBy");
    }

    @Test
    void isInEveryReadOfTheAdministration() {
        assertThat(named(read("/api/v1/environments"), NAMES)).containsExactly("changedBy");
        assertThat(named(read("/api/v1/environments/lab/policy"), NAMES)).containsExactly("changedBy");
        assertThat(named(read("/api/v1/accounts/build"), NAMES)).containsExactly("by");
        assertThat(named(read("/api/v1/audit?limit=200"), List.of("actor"))).containsExactly("actor");
    }

    @Test
    void isInTheFeedAsPageAndAsStream() {
        assertThat(named(read("/api/v1/events?after=0&limit=200"), List.of("actor"))).containsExactly("actor");
        List<JsonNode> streamed = server.stream("admin", "/api/v1/events?after=0",
                event -> event.path("position").asLong() == server.head());
        assertThat(streamed).isNotEmpty().allSatisfy(event -> named(event, List.of("actor")));
        assertThat(streamed).anyMatch(event -> event.path("onbehalfof").asString("").equals("bea"));
    }

    @Test
    void isFoundByThePerson() {
        JsonNode reviews = read("/api/v1/approvals?reviewer=bea").path("items");
        assertThat(reviews.values().stream().map(review -> review.path("version").asInt())).containsExactly(2, 1);
        JsonNode done = read("/api/v1/audit?actor=bea&action=approve-prompt").path("items");
        assertThat(done.size()).isEqualTo(1);
        assertThat(done.get(0).path("actor").asString()).isEqualTo("desk");
        assertThat(read("/api/v1/audit?actor=desk&action=approve-prompt").path("items")).isEqualTo(done);
        assertThat(read("/api/v1/audit?actor=bea&outcome=refused").path("items").size()).isZero();
    }
}
