package io.promptaudit.query.feed.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.query.QuerySideApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** A hanging stream fails by the time limit; no assertion depends on it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FeedStreamTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FEED = "/api/v1/events";

    private final QuerySideApplication server = new QuerySideApplication(Duration.ofMillis(100), 3);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        http.close();
        assertThat(server.trail.open()).isZero();
    }

    @Nested
    class Streams {
        @Test
        void missNothingAndRepeatNothingHoweverOftenTheClientIsKilled() throws Exception {
            long seed = 11;
            var random = new Random(seed);
            var writer = Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    archive(i % 3 == 0 ? "clinical/a" : "sales/b");
                    if (i % 20 == 0) {
                        LockSupport.parkNanos(1_000_000);
                    }
                }
            });
            var seen = new ArrayList<Long>();
            String lastId = null;
            while (seen.size() < 667) {
                try (var client = open("clinical/**", FEED, lastId)) {
                    for (int events = 1 + random.nextInt(200); events > 0 && seen.size() < 667; events--) {
                        var block = client.nextEvent();
                        seen.add(Long.valueOf(Objects.requireNonNull(block.id())));
                        lastId = block.id();
                    }
                }
                untilFree(3);
            }
            writer.join();
            assertThat(seen).as("seed %d", seed)
                    .containsExactlyElementsOf(LongStream.range(0, 667).mapToObj(i -> 3 * i + 1).toList());
        }

        @Test
        void carryTheSameEventsAsThePages() throws Exception {
            archive("clinical/\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude42");
            try (var client = open("auditor", FEED + "?after=0", null)) {
                assertThat(client.headers).containsEntry("cache-control", "no-store");
                assertThat(client.headers.get("content-type")).startsWith("text/event-stream");
                var block = client.nextEvent();
                assertThat(block.id()).isEqualTo("1");
                assertThat(block.event()).isEqualTo("io.promptaudit.prompt.archived.v1");
                assertThat(JSON.readTree(block.data())).isEqualTo(page("auditor", "").get("items").get(0));
            }
        }

        @Test
        void resumeAfterTheLastIdRatherThanTheParameter() throws Exception {
            for (int i = 0; i < 5; i++) {
                archive("p");
            }
            try (var client = open("auditor", FEED + "?after=1", "3")) {
                assertThat(client.nextEvent().id()).isEqualTo("4");
            }
            try (var client = open("auditor", FEED + "?after=1", null)) {
                assertThat(client.nextEvent().id()).isEqualTo("2");
            }
        }

        @Test
        void beatWhileThereIsNothing() throws Exception {
            try (var client = open("auditor", FEED, null)) {
                for (int beats = 0; beats < 5; beats++) {
                    assertThat(client.next()).isEqualTo(new SseClient.Block(null, null, null, true));
                }
            }
        }

        @Test
        void moveTheClientOnPastWhatItMayNotSee() throws Exception {
            server.trail.add(new PasswordSet("ada"));
            archive("sales/b");
            try (var client = open("clinical/**", FEED, null)) {
                var block = Objects.requireNonNull(client.next());
                while (block.id() == null) {
                    block = Objects.requireNonNull(client.next());
                }
                assertThat(block).isEqualTo(new SseClient.Block("2", null, null, true));
            }
        }

        @Test
        void waitBeyondTheEnd() throws Exception {
            try (var client = open("auditor", FEED + "?after=2", null)) {
                client.next();
                for (int i = 0; i < 3; i++) {
                    archive("p");
                }
                assertThat(client.nextEvent().id()).isEqualTo("3");
            }
        }

        @Test
        void endWhenTheCallerMayReadNoMore() throws Exception {
            try (var client = open("clinical/**", FEED, null)) {
                archive("clinical/a");
                assertThat(client.nextEvent().id()).isEqualTo("1");
                server.revoked.put("clinical/**", true);
                archive("clinical/a");
                var rest = new ArrayList<SseClient.Block>();
                for (var block = client.next(); block != null; block = client.next()) {
                    rest.add(block);
                }
                assertThat(rest).allMatch(block -> block.data() == null);
            }
            untilFree(3);
        }

        @Test
        void areNoMoreThanThereArePlaces() throws Exception {
            var clients = new ArrayList<SseClient>();
            for (int i = 0; i < 3; i++) {
                clients.add(open("auditor", FEED, null));
            }
            try (var refused = SseClient.open(server.port, FEED, "auditor", null)) {
                assertThat(refused.status).isEqualTo(503);
                assertThat(refused.headers).containsEntry("retry-after", "10");
            }
            clients.removeFirst().close();
            untilFree(1);
            clients.add(open("auditor", FEED, null));
            for (SseClient client : clients) {
                client.close();
            }
            untilFree(3);
        }

        @Test
        void endBeforeTheWebServerStops() throws Exception {
            try (var client = open("auditor", FEED, null)) {
                client.next();
                server.streams().stop();
                assertThat(server.trail.open()).isZero();
                assertThat(server.streams().free()).isEqualTo(3);
                var block = client.next();
                while (block != null) {
                    block = client.next();
                }
            }
            try (var late = SseClient.open(server.port, FEED, "auditor", null)) {
                assertThat(late.status).isEqualTo(503);
            }
        }

        @Test
        void endWhenTheServerStops() throws Exception {
            try (var client = open("auditor", FEED, null)) {
                client.next();
                server.close();
                assertThat(server.trail.open()).isZero();
            }
        }

        @Test
        void areWhatAClientWithoutPreferenceGets() throws Exception {
            var request = HttpRequest.newBuilder(uri(FEED)).header("X-Caller", "auditor").header("Accept", "*/*").build();
            try (var body = http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
                assertThat((char) body.read()).isEqualTo(':');
            }
        }

        @Test
        void areRefusedWithAnIdOrPositionThatIsNone() throws Exception {
            for (String bad : List.of("-1", "x", "1.0", "99999999999999999999")) {
                try (var client = SseClient.open(server.port, FEED, "auditor", bad)) {
                    assertThat(client.status).isEqualTo(400);
                }
                try (var client = SseClient.open(server.port, FEED + "?after=" + bad, "auditor", null)) {
                    assertThat(client.status).isEqualTo(400);
                }
            }
            untilFree(3);
        }
    }

    @Nested
    class Pages {
        @Test
        void goOnWhereTheOneBeforeEnded() throws Exception {
            for (int i = 0; i < 7; i++) {
                archive(i == 2 ? "sales/b" : "clinical/a");
            }
            var first = page("clinical/**", "?limit=3");
            assertThat(positions(first)).containsExactly(1L, 2L, 4L);
            var second = page("clinical/**", "?limit=3&after=" + first.get("next").asLong());
            assertThat(positions(second)).containsExactly(5L, 6L, 7L);
            assertThat(page("clinical/**", "?after=7")).isEqualTo(JSON.readTree("{\"items\": [], \"next\": 7}"));
            assertThat(page("clinical/**", "?after=700").get("next").asLong()).isEqualTo(700);
        }

        @Test
        void areRefusedWithParametersThatAreNone() throws Exception {
            assertThat(refusal("?after=-1")).isEqualTo("after must be a whole number from 0");
            assertThat(refusal("?after=x")).isEqualTo("after must be a whole number from 0");
            assertThat(refusal("?limit=0")).isEqualTo("limit must be between 1 and 200");
            assertThat(refusal("?limit=201")).isEqualTo("limit must be between 1 and 200");
            assertThat(refusal("?from=1")).isEqualTo("from is not a known parameter; known are after, limit");
            assertThat(refusal("?after=1&after=2")).isEqualTo("after must be given once");
        }

        private List<Long> positions(JsonNode page) {
            return page.get("items").valueStream().map(item -> item.get("position").asLong()).toList();
        }

        private String refusal(String query) throws Exception {
            var response = get("auditor", FEED + query);
            assertThat(response.statusCode()).isEqualTo(400);
            return JSON.readTree(response.body()).get("detail").asString();
        }
    }

    private void archive(String prompt) {
        server.trail.add(new PromptArchived(prompt, "old"));
    }

    private SseClient open(String caller, String path, @Nullable String lastEventId) throws IOException {
        var client = SseClient.open(server.port, path, caller, lastEventId);
        assertThat(client.status).isEqualTo(200);
        return client;
    }

    /** The server notices at a write that a client is gone: at the next beats. */
    private void untilFree(int places) throws InterruptedException {
        while (server.streams().free() < places) {
            Thread.sleep(10);
        }
    }

    private JsonNode page(String caller, String query) throws Exception {
        var response = get(caller, FEED + query);
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> get(String caller, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).header("X-Caller", caller).header("Accept", "application/json")
                .build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port + path);
    }
}
