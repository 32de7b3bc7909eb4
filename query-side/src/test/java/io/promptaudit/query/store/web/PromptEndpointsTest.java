package io.promptaudit.query.store.web;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.query.QuerySideApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoints that the event store answers, over HTTP. */
class PromptEndpointsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PROMPT = "\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude42?";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final QuerySideApplication SERVER = new QuerySideApplication(Duration.ofSeconds(15), 1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static String deployment = "";

    @BeforeAll
    static void record() {
        SERVER.store.record(new PromptCreated(PROMPT, PromptType.TEXT, new Content.Text("Ask.\r\n"), Map.of("model", "m"),
                "first", "sha256:01", "Title", null, null, List.of("a")), NOON, "ada");
        SERVER.store.record(new PromptEdited(PROMPT, 2, 1, PromptType.TEXT, new Content.Text("Ask twice.\r\n"), Map.of(),
                "again", "sha256:02"), NOON.plusSeconds(1), "ada");
        deployment = SERVER.store.record(new PromptDeployed(PROMPT, 2, "staging", "sha256:02", "go", null, false, 1,
                List.of(), List.of(), null, null), NOON.plusSeconds(2), "dora");
    }

    @AfterAll
    static void stop() {
        SERVER.close();
        HTTP.close();
    }

    @Test
    void eventsAreGivenAsStored() throws Exception {
        var first = get("/events?limit=2");
        assertThat(first.get("items")).hasSize(2);
        var event = first.get("items").get(0);
        var bytes = SERVER.store.db().sql("select payload from domain_event where sequence_number = 0")
                .query((row, _) -> row.getBytes(1)).single();
        assertThat(Base64.getDecoder().decode(event.get("payload").asString())).isEqualTo(bytes);
        assertThat(event.get("readable").get("payload")).isEqualTo(JSON.readTree(bytes));
        assertThat(event.get("readable").get("metadata").get("account").asString()).isEqualTo("ada");
        assertThat(event.propertyNames()).containsExactlyInAnyOrder("sequence", "position", "eventId", "type", "revision",
                "recordedAt", "payload", "payloadDigest", "metadata", "metadataDigest", "readable");
        var rest = get("/events?cursor=" + first.get("cursor").asString());
        assertThat(rest.get("items")).hasSize(1);
        assertThat(rest.has("cursor")).isFalse();
    }

    @Test
    void theStateIsReplayedAtAnyPoint() throws Exception {
        var now = get("/replay");
        assertThat(now.get("active")).isEqualTo(JSON.readTree("""
                [{"environment": "staging", "version": 2, "since": "2026-03-01T12:00:02Z", "deployment": "%s",
                  "emergency": false}]""".formatted(deployment)));
        assertThat(now.get("versions").get(0).get("content").asString()).isEqualTo("Ask.\r\n");
        assertThat(now.get("versions").get(1).get("state").asString()).isEqualTo("DRAFT");
        assertThat(get("/replay?sequence=2")).isEqualTo(now);
        var before = get("/replay?at=2026-03-01T13:00:01%2B01:00");
        assertThat(before.get("sequence").asLong()).isEqualTo(1);
        assertThat(before.get("active")).isEmpty();
        assertThat(before).isEqualTo(get("/replay?sequence=1"));
    }

    @Test
    void versionsAreCompared() throws Exception {
        var diff = get("/diff?from=1&to=2");
        assertThat(diff.get("content").get("hunks").get(0).get("lines").get(0)).isEqualTo(JSON.readTree("""
                {"op": "delete", "text": "Ask.\\r", "words": [{"op": "equal", "text": "Ask.\\r"}]}"""));
        assertThat(diff.get("config").get(0)).isEqualTo(JSON.readTree("""
                {"op": "removed", "path": "/model", "from": "m"}"""));
        assertThat(diff.get("messages")).isEmpty();
    }

    @Test
    void malformedParametersAreRefusedByName() throws Exception {
        var refusals = Map.ofEntries(Map.entry("/events?limit=x", "limit"), Map.entry("/events?limit=201", "limit"),
                Map.entry("/events?cursor=%25", "cursor"), Map.entry("/events?page=2", "page"),
                Map.entry("/replay?sequence=-1", "sequence"), Map.entry("/replay?sequence=1&at=2026-03-01T12:00:00Z", "at"),
                Map.entry("/replay?at=yesterday", "at"), Map.entry("/replay?version=1", "version"),
                Map.entry("/diff?from=1", "to"), Map.entry("/diff?to=1", "from"), Map.entry("/diff?from=0&to=1", "from"),
                Map.entry("/diff?from=1&to=two", "to"), Map.entry("/diff?from=1&to=2&words=no", "words"));
        for (var refusal : refusals.entrySet()) {
            var response = send(PROMPT, refusal.getKey(), "auditor");
            assertThat(response.statusCode()).as(refusal.getKey()).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).get("detail").asString()).as(refusal.getKey())
                    .startsWith(refusal.getValue() + " ");
        }
    }

    @Test
    void whatIsUnknownOrHiddenIsNotFoundAlike() throws Exception {
        for (String path : List.of("/events", "/replay", "/replay?sequence=99", "/diff?from=1&to=99")) {
            assertThat(detail(send(PROMPT, path, "other/**"))).as(path).isEqualTo("prompt-not-found");
            assertThat(detail(send("nobody", path, "auditor"))).as(path).isEqualTo("prompt-not-found");
        }
        assertThat(detail(send(PROMPT, "/replay?at=2026-03-01T11:59:59Z", "auditor"))).isEqualTo("never-existed-then");
        assertThat(detail(send(PROMPT, "/replay?sequence=99", "auditor"))).isEqualTo("sequence-not-found");
        assertThat(detail(send(PROMPT, "/diff?from=1&to=99999999999", "auditor"))).isEqualTo("version-not-found");
    }

    private static String detail(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(404);
        return JSON.readTree(response.body()).get("detail").asString();
    }

    private static JsonNode get(String path) throws Exception {
        var response = send(PROMPT, path, "auditor");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> send(String prompt, String path, String caller) throws Exception {
        String name = URLEncoder.encode(prompt, StandardCharsets.UTF_8).replace("+", "%20");
        var uri = URI.create("http://127.0.0.1:%d/api/v1/prompts/%s%s".formatted(SERVER.port, name, path));
        return HTTP.send(HttpRequest.newBuilder(uri).header("X-Caller", caller).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
