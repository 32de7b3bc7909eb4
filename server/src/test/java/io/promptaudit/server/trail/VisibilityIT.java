package io.promptaudit.server.trail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** A prompt that one may not know is answered like one that does not exist, and is in no list. */
class VisibilityIT {
    private static final String HIDDEN = "hidden/plan";
    private static final String NONE = "hidden/none";
    private static final List<String> OF_A_PROMPT = List.of("", "/versions", "/versions?limit=1", "/versions/1", "/versions/9",
            "/versions/1/comments", "/versions/9/comments", "/diff?from=1&to=2", "/diff?from=1&to=9",
            "/active?environment=staging", "/active?environment=production&at=2020-01-01T00:00:00Z",
            "/active?environment=nowhere", "/deployments", "/schedules", "/history", "/events", "/events?limit=1", "/replay",
            "/replay?sequence=0", "/replay?sequence=9999", "/replay?at=2020-01-01T00:00:00Z");
    private static final List<String> LISTS = List.of("prompts", "prompts?q=SECRET", "prompts?q=hidden", "prompts?tag=covert",
            "prompts?folder=hidden", "prompts?folder=hidden/plan", "prompts?state=IN_REVIEW", "prompts?environment=staging",
            "audit", "audit?prompt=hidden%2Fplan", "audit?actor=wanda", "audit?environment=staging", "audit?q=plan",
            "audit?outcome=refused", "audit?action=deploy-prompt", "approvals", "approvals?state=pending",
            "approvals?reviewer=rita", "schedules", "schedules?state=pending", "emergencies", "emergencies?state=open",
            "environments/staging/active",
            "environments/production/active", "environments", "accounts", "projections");

    @TempDir
    static Path folder;
    private static TestServer server;
    private static long hiddenPosition;
    /** What gives the hidden prompt away: its name with the quote behind it, what it says, and the ids of its events. */
    private static final List<String> GIVEAWAYS = new ArrayList<>(
            List.of("hidden/plan\"", "hidden/plan\\", "hidden%2Fplan", "SECRET", "secret title", "covert"));

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        server.account("wanda", """
                [{"role":"editor","prompts":"hidden/**"},
                 {"role":"deployer","prompts":"hidden/**","environments":["staging","production"]}]""");
        server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"hidden/**\"}]");
        server.account("stan", "[]");
        // Names that begin alike, and what lies below the prompt's own name.
        server.account("nora", """
                [{"role":"editor","prompts":"other/**"},{"role":"editor","prompts":"hidden/pla"},
                 {"role":"viewer","prompts":"hidden/plan/**"},{"role":"viewer","prompts":"hidden"},
                 {"role":"reviewer","prompts":"hidden/*/x"},
                 {"role":"deployer","prompts":"other/**","environments":["staging"]}]""");
        server.account("aude", "[{\"role\":\"auditor\"}]");
        made("wanda", "/api/v1/prompts", """
                {"name":"hidden/plan","type":"text","content":"SECRET one","note":"SECRET note","title":"secret title",
                 "tags":["covert"]}""");
        String path = "/api/v1/prompts/hidden%2Fplan";
        made("wanda", path + "/versions", "{\"basedOn\":1,\"content\":\"SECRET two\",\"note\":\"SECRET\"}");
        made("wanda", path + "/versions/1/comments", "{\"text\":\"SECRET remark\"}");
        made("wanda", path + "/deployments", "{\"version\":1,\"environment\":\"staging\",\"reason\":\"SECRET\"}");
        made("wanda", path + "/deployments", """
                {"version":1,"environment":"production","reason":"SECRET","ticket":"SECRET","emergency":true}""");
        made("wanda", path + "/schedules", """
                {"version":1,"environment":"staging","at":"%s","reason":"SECRET"}"""
                .formatted(Instant.now().plus(Duration.ofDays(9))));
        made("wanda", path + "/versions/2/approval-requests", "{\"note\":\"SECRET\",\"reviewers\":[\"rita\"]}");
        made("wanda", path + "/deployments", "{\"version\":2,\"environment\":\"production\",\"reason\":\"SECRET\"}");
        // The stranger who tries learns nothing, and the trail of it is not theirs to read.
        made("nora", path + "/versions/1/comments", "{\"text\":\"t\"}");
        Answer own = server.post("nora", "/api/v1/prompts",
                "{\"name\":\"other/own\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}");
        server.post("nora", "/api/v1/prompts/other%2Fown/deployments",
                "{\"version\":1,\"environment\":\"staging\",\"reason\":\"r\"}");
        assertThat(own.status()).isEqualTo(201);
        // Every view has it all before any test asks.
        assertThat(server.get("aude", "/api/v1/projections", "Audit-Position", Long.toString(server.head())).status())
                .isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void made(String account, String path, String body) {
        Answer answer = server.post(account, path, body);
        assertThat(answer.json().has("eventId")).as(answer.text()).isTrue();
        GIVEAWAYS.add(answer.at("eventId"));
        hiddenPosition = hiddenPosition == 0 ? answer.position() : hiddenPosition;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stan", "nora"})
    void isAnsweredLikeOneThatDoesNotExist(String account) {
        for (String read : OF_A_PROMPT) {
            for (String method : List.of("GET", "HEAD")) {
                Answer hidden = server.send(account, method, "/api/v1/prompts/hidden%2Fplan" + read, null);
                Answer none = server.send(account, method, "/api/v1/prompts/hidden%2Fnone" + read, null);
                assertAlike(read, hidden, none);
                assertThat(none.status()).as(read).isEqualTo(404);
            }
        }
        Answer bad = server.get(account, "/api/v1/prompts/hidden%2Fplan/versions/1?x=1");
        assertAlike("a bad parameter", bad, server.get(account, "/api/v1/prompts/hidden%2Fnone/versions/1?x=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stan", "nora"})
    void isRefusedLikeOneThatDoesNotExist(String account) {
        for (EveryWrite write : EveryWrite.ALL) {
            if (write.isOnPrompt()) {
                var stranger = new EveryWrite(write.name(), account, write.method(), write.path(), write.body());
                assertAlike(write.name(), stranger.on(HIDDEN).send(server), stranger.on(NONE).send(server));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stan", "nora"})
    void isInNoList(String account) {
        for (String list : LISTS) {
            Answer answer = server.get(account, "/api/v1/" + list);
            assertThat(answer.status()).as(list + answer.text()).isEqualTo(200);
            assertThat(answer.text()).as(list).doesNotContain(GIVEAWAYS);
        }
        assertThat(server.get(account, "/api/v1/audit?prompt=hidden%2Fplan").text())
                .isEqualTo(server.get(account, "/api/v1/audit?prompt=hidden%2Fnone").text());
        assertThat(pages(account, "/api/v1/audit?limit=1")).doesNotContain(GIVEAWAYS);
        assertThat(pages(account, "/api/v1/prompts?limit=1")).doesNotContain(GIVEAWAYS);
    }

    /** What only the hidden prompt has finds as much as what nothing has. */
    @ParameterizedTest
    @ValueSource(strings = {"stan", "nora"})
    void isFoundByNoFilter(String account) {
        Map.ofEntries(Map.entry("prompts?q=SECRET", "prompts?q=ABSENT"), Map.entry("prompts?tag=covert", "prompts?tag=absent"),
                Map.entry("prompts?folder=hidden", "prompts?folder=absent"),
                Map.entry("prompts?state=IN_REVIEW", "prompts?state=REJECTED"),
                Map.entry("prompts?environment=production", "prompts?environment=nowhere"),
                Map.entry("audit?prompt=hidden%2Fplan", "audit?prompt=hidden%2Fnone"),
                Map.entry("audit?actor=wanda", "audit?actor=absent"), Map.entry("audit?q=SECRET", "audit?q=ABSENT"),
                Map.entry("audit?q=of%20%22hidden/plan", "audit?q=of%20%22hidden/none"),
                Map.entry("audit?environment=production", "audit?environment=nowhere"),
                Map.entry("audit?action=request-approval", "audit?action=archive-prompt"),
                Map.entry("approvals?reviewer=rita", "approvals?reviewer=absent"),
                Map.entry("approvals?state=pending", "approvals?state=rejected"),
                Map.entry("emergencies?state=open", "emergencies?state=closed"),
                Map.entry("environments/production/active", "environments/production/active?at=2001-01-01T00:00:00Z"),
                Map.entry("prompts?limit=1&cursor=" + cursor(hiddenPosition),
                        "prompts?limit=1&cursor=" + cursor(hiddenPosition + 1)))
                .forEach((some, none) -> {
                    Answer found = server.get(account, "/api/v1/" + some);
                    assertThat(found.status()).as(some + found.text()).isEqualTo(200);
                    assertThat(found.text()).as(some).isEqualTo(server.get(account, "/api/v1/" + none).text());
                });
        // A next page is promised only where something is on it.
        assertThat(server.get(account, "/api/v1/prompts?limit=1").json().has("cursor")).isFalse();
    }

    /** As a page gives it, for where it ended. */
    private static String cursor(long position) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(("1." + position + ".").getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stan", "nora"})
    void isInNoFeed(String account) {
        Answer mark = server.put("admin", "/api/v1/environments/mark-" + account + "/policy", """
                {"requiredApprovals":0,"authorMayApprove":true,"approverMayDeploy":true,"requiredChecks":[],
                 "emergencyAllowed":true,"frozen":null,"reason":"a mark in the feed"}""");
        List<JsonNode> streamed = server.stream(account, "/api/v1/events",
                event -> event.path("id").asString().equals(mark.at("eventId")));
        var paged = new ArrayList<JsonNode>();
        for (long after = 0; after < mark.position();) {
            JsonNode page = server.get(account, "/api/v1/events?limit=2&after=" + after, "Accept", "application/json").json();
            page.path("items").forEach(paged::add);
            after = page.path("next").asLong();
        }
        assertThat(streamed.toString()).doesNotContain(GIVEAWAYS);
        assertThat(paged.subList(0, streamed.size())).isEqualTo(streamed);
        assertThat(streamed).extracting(event -> event.path("type").asString())
                .contains("io.promptaudit.environment.policy-changed.v1")
                .noneMatch(type -> type.startsWith("io.promptaudit.account."));
        assertThat(streamed.toString().contains("other/own")).isEqualTo(account.equals("nora"));
    }

    @Test
    void isThereForTheAuditorAndTheAdmin() {
        for (String account : List.of("aude", "admin")) {
            for (String read : OF_A_PROMPT) {
                boolean unknown = read.contains("9") || read.contains("nowhere") || read.contains("2020");
                Answer answer = server.get(account, "/api/v1/prompts/hidden%2Fplan" + read);
                assertThat(answer.status()).as(read + answer.text()).isEqualTo(unknown ? 404 : 200);
                if (unknown) {
                    assertThat(answer.problem()).as(read).isNotEqualTo("prompt-not-found");
                }
            }
            for (String list : LISTS.subList(0, LISTS.indexOf("environments"))) {
                if (!list.equals("prompts?folder=hidden/plan")) {
                    assertThat(server.get(account, "/api/v1/" + list).text()).as(list).containsAnyOf(HIDDEN, "SECRET");
                }
            }
            assertThat(server.get(account, "/api/v1/events", "Accept", "application/json").text()).contains(GIVEAWAYS.getLast());
        }
    }

    @Test
    void readingEverythingChangesNothing() {
        for (EveryWrite write : EveryWrite.ALL) {
            var auditor = new EveryWrite(write.name(), "aude", write.method(), write.path(), write.body());
            assertThat(auditor.on(HIDDEN).with("temp", "rita").send(server).at("rule")).as(write.name())
                    .isEqualTo("missing-grant");
        }
    }

    @Test
    void othersAccountsAreUnknown() {
        assertAlike("account", server.get("nora", "/api/v1/accounts/rita"), server.get("nora", "/api/v1/accounts/nobody"));
        assertThat(server.get("nora", "/api/v1/accounts/nora").status()).isEqualTo(200);
        assertThat(server.get("nora", "/api/v1/accounts").json().path("items")).hasSize(1);
        assertThat(server.get("aude", "/api/v1/accounts/rita").status()).isEqualTo(200);
    }

    /** What one sees and where one acted from is one's own; an admin's doings are for those who read everything. */
    @Test
    void addressesAreForThoseWhoReadEverythingAndForThemselves() {
        JsonNode own = server.get("nora", "/api/v1/prompts/other%2Fown/history").json().path("items").get(0);
        assertThat(own.has("address")).isTrue();
        server.account("olga", "[{\"role\":\"viewer\",\"prompts\":\"other/**\"}]");
        JsonNode others = server.get("olga", "/api/v1/prompts/other%2Fown/history").json().path("items").get(0);
        assertThat(others.path("displayName").asString()).isEqualTo("Name of nora");
        assertThat(others.has("address")).isFalse();
        assertThat(others.has("userAgent")).isFalse();
    }

    /** Byte for byte, but for what is every answer's own. */
    private static void assertAlike(String what, Answer hidden, Answer none) {
        assertThat(hidden.status()).as(what).isEqualTo(none.status());
        assertThat(headers(hidden)).as(what).isEqualTo(headers(none));
        assertThat(anonymous(hidden.text())).as(what).isEqualTo(anonymous(none.text()));
        assertThat(hidden.text().length() - none.text().length()).as(what).isBetween(-2, 2);
    }

    /** Every hundredth answer on a connection is its last; positions grow longer; a receipt's address has the event's own id. */
    private static Map<String, String> headers(Answer answer) {
        var headers = new TreeMap<>(answer.headers());
        List.of("connection", "keep-alive", "date", "request-id", "content-length", "receipt").forEach(headers::remove);
        return headers;
    }

    private static String anonymous(String body) {
        return body.replaceAll("\"(requestId|eventId)\":\"[^\"]*\"", "\"$1\"").replaceAll("\"position\":[0-9]+", "\"position\"")
                .replaceAll("hidden/plan|hidden/none", "NAME").replaceAll("rita|nobody", "ID");
    }

    private static String pages(String account, String path) {
        var all = new StringBuilder();
        Answer page = server.get(account, path);
        all.append(page.text());
        while (page.json().has("cursor")) {
            page = server.get(account, path + "&cursor=" + page.at("cursor"));
            all.append(page.text());
        }
        return all.toString();
    }
}
