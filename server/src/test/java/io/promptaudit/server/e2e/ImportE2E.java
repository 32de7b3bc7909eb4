package io.promptaudit.server.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The shipped history goes in whole, once, in constant memory. The tests share one server and follow each other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportE2E {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REVISIONS = 1949;
    private static final int PROMPTS = 1612;
    private static final long MEGABYTES = Long.getLong("promptaudit.import-megabytes", 64);
    /** One line in so many is new; the others were imported before. */
    private static final int NEW_LINE = 500;
    private static final List<String> LINES = History.lines();

    /** Lines of a quarter of a mebibyte each, so that gigabytes pass in a minute. */
    private static final List<String> BULK = IntStream.range(0, 8).mapToObj(i -> line("bulk/" + i, "")
            .replace("Hello", "Long lines take their time. ".repeat(9_400))).toList();

    @TempDir
    private static Path folder;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = Launch.of(folder.resolve("data")).forLong().start();
        server.admin().create("ivy", Api.grant("editor"));
        server.admin().create("vera", Api.grant("viewer"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void theWholeHistoryGoesInOnce() throws IOException {
        JsonNode first = totals(LINES);
        assertThat(first.get("imported").asInt()).isEqualTo(REVISIONS);
        assertThat(first.get("skipped").asInt()).isZero();
        assertThat(first.get("refused").asInt()).isZero();
        int head = server.admin().events().size();
        assertThat(first.get("position").asInt()).isEqualTo(head);

        JsonNode second = totals(LINES);
        assertThat(second.get("imported").asInt()).isZero();
        assertThat(second.get("skipped").asInt()).isEqualTo(REVISIONS);
        assertThat(server.admin().events()).as("nothing is added").hasSize(head);
        // What the next test reads must have arrived there.
        server.as("vera").get(Api.prompt("community/linux-terminal", "/versions"), "Audit-Position", Integer.toString(head))
                .expect(200);
    }

    @Test
    @Order(2)
    void everyTextEqualsItsSource() {
        Api reader = server.as("vera");
        Map<String, List<JsonNode>> sources = new LinkedHashMap<>();
        History.revisions().forEach(
                revision -> sources.computeIfAbsent(revision.get("prompt").asString(), name -> new ArrayList<>()).add(revision));
        assertThat(sources).hasSize(PROMPTS);
        assertThat(reader.all("/api/v1/prompts")).hasSize(PROMPTS);
        sources.forEach((name, revisions) -> {
            List<JsonNode> versions = reader.all(Api.prompt(name, "/versions")).reversed();
            List<JsonNode> events = reader.all(Api.prompt(name, "/events"));
            assertThat(versions).as(name).hasSameSizeAs(revisions);
            assertThat(events).as(name).hasSameSizeAs(revisions);
            for (int i = 0; i < revisions.size(); i++) {
                compare(versions.get(i), i + 1, revisions.get(i));
                JsonNode stored = JSON.readTree(Base64.getDecoder().decode(events.get(i).get("payload").asString()));
                assertThat(bytes(stored.get("content"))).as(name).isEqualTo(bytes(revisions.get(i).get("content")));
            }
            int last = revisions.size();
            compare(reader.get(Api.prompt(name, "/versions/" + last)).expect(200).body(), last, revisions.get(last - 1));
        });
    }

    private static void compare(JsonNode version, int number, JsonNode source) {
        assertThat(version.get("version").asInt()).isEqualTo(number);
        assertThat(bytes(version.get("content"))).isEqualTo(bytes(source.get("content")));
        assertThat(version.get("note")).isEqualTo(source.get("note"));
        assertThat(version.get("author").asString()).as("who is witnessed to have recorded it").isEqualTo("ivy");
        JsonNode imported = version.required("imported");
        assertThat(imported.get("claimedAuthor")).isEqualTo(source.get("author"));
        assertThat(imported.get("claimedAt")).isEqualTo(source.get("at"));
        assertThat(imported.get("commit")).isEqualTo(source.get("commit"));
        assertThat(imported.get("witnessed").asBoolean()).isFalse();
    }

    @Test
    @Order(3)
    void badLinesAreRefusedOneByOne() throws IOException {
        List<Bad> lines = List.of(
                new Bad("", line("import/good", "")),
                new Bad("body", "{\"prompt\": \"import/broken\","),
                new Bad("content", "{\"prompt\":\"import/missing\",\"at\":\"2024-01-01T00:00:00Z\",\"author\":\"a\"}"),
                new Bad("colour", line("import/unknown", ",\"colour\":\"red\"")),
                new Bad("UTF-8", line("import/utf", "").replace("Hello", "\u00ff").getBytes(StandardCharsets.ISO_8859_1)),
                new Bad("surrogate", line("import/surrogate", "").replace("Hello", "\\ud83d")),
                new Bad("longer", line("import/long", "").replace("Hello", "x".repeat(9 << 20))),
                new Bad("prompt", line("import/../up", "")),
                new Bad("at", line("import/time", "").replace("2024-01-01T00:00:00Z", "yesterday")),
                new Bad("", line("import/good", "").replace("Hello", "Good bye")));
        var answer = answer(lines.stream().map(Bad::line).toList());
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            var told = answer.stream().filter(it -> it.has("reason") && it.get("line").asInt() == number).toList();
            String expected = lines.get(i).expected();
            assertThat(told).as("line %d", number).hasSize(expected.isEmpty() ? 0 : 1);
            assertThat(told).allSatisfy(it -> assertThat(it.toString()).contains(expected));
        }
        JsonNode totals = answer.getLast();
        assertThat(totals.get("imported").asInt()).isEqualTo(2);
        assertThat(totals.get("refused").asInt()).isEqualTo(8);
        var versions = server.as("vera").all(Api.prompt("import/good", "/versions"), "Audit-Position",
                totals.get("position").asString());
        assertThat(versions).extracting(it -> it.get("content").asString()).containsExactly("Good bye", "Hello");
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Bad(String expected, byte[] line) {
        Bad(String expected, String line) {
            this(expected, line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String line(String prompt, String more) {
        return "{\"prompt\":\"%s\",\"at\":\"2024-01-01T00:00:00Z\",\"author\":\"a\",\"note\":\"n\",\"content\":\"Hello\"%s}"
                .formatted(prompt, more);
    }

    @Test
    @Order(4)
    void whoMayNotImportIsRefusedOnRecord() throws IOException {
        try (var stream = new ImportStream(server.as("vera"))) {
            stream.send(LINES.getFirst().getBytes(StandardCharsets.UTF_8));
            stream.end();
            assertThat(stream.status()).isEqualTo(403);
        }
        var refused = server.admin().events().getLast();
        assertThat(refused.get("type").asString()).contains("refused");
        assertThat(refused.get("actor").asString()).isEqualTo("vera");
        assertThat(refused.get("data").get("rule").asString()).isEqualTo("missing-grant");
    }

    /** The server has 256 MB of memory, and the stream many times that in the nightly build. */
    @Test
    @Order(5)
    void aLongStreamPassesAndTellsItsProgressMeanwhile() throws IOException {
        var uploading = new AtomicBoolean(true);
        try (var stream = new ImportStream(server.as("ivy"))) {
            var progressed = new CompletableFuture<JsonNode>();
            CompletableFuture<Received> answer = CompletableFuture.supplyAsync(() -> receive(stream, uploading, progressed));
            long sent = 0;
            int lines = 0;
            int fresh = 0;
            while (sent < MEGABYTES << 20) {
                // First the history twice over, with a new line now and then; after that the bulk comes in long lines.
                boolean isBulk = lines >= 2 * LINES.size();
                String line = isBulk ? BULK.get(lines % BULK.size()) : LINES.get(lines % LINES.size());
                if (!isBulk && (lines + 1) % NEW_LINE == 0) {
                    line = line.replace("\"author\": \"", "\"author\": \"" + lines + "-");
                    fresh++;
                } else if (isBulk && lines < 2 * LINES.size() + BULK.size()) {
                    fresh++;
                }
                lines++;
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                stream.send(bytes);
                sent += bytes.length + 1;
                if (lines == LINES.size()) {
                    // Goes on only once the server has told of its progress: it does not wait for the end of the upload.
                    stream.flush();
                    assertThat(progressed.join().get("line").asInt()).isPositive();
                }
            }
            uploading.set(false);
            stream.end();
            Received received = answer.join();
            assertThat(received.progressWhileUploading()).isPositive();
            assertThat(received.last().get("imported").asInt()).isEqualTo(fresh);
            assertThat(received.last().get("skipped").asInt()).isEqualTo(lines - fresh);
        }
        server.as("ivy").post("/api/v1/prompts",
                Map.of("name", "after/the-stream", "type", "text", "content", "Hello", "note", "First")).expect(201);
    }

    private record Received(JsonNode last, int progressWhileUploading) {}

    private static Received receive(ImportStream stream, AtomicBoolean uploading, CompletableFuture<JsonNode> progressed) {
        try {
            assertThat(stream.status()).isEqualTo(200);
            JsonNode last = JSON.missingNode();
            int progress = 0;
            for (JsonNode line = stream.receive(); line != null; line = stream.receive()) {
                if (line.has("line") && uploading.get()) {
                    progress++;
                    progressed.complete(line);
                }
                last = line;
            }
            return new Received(last, progress);
        } catch (IOException | AssertionError e) {
            progressed.completeExceptionally(e);
            throw new CompletionException(e);
        }
    }

    private static JsonNode totals(List<String> lines) throws IOException {
        return answer(lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList()).getLast();
    }

    /** Sends the lines and then reads: what fits into the buffers between does not block anyone. */
    private static List<JsonNode> answer(List<byte[]> lines) throws IOException {
        try (var stream = new ImportStream(server.as("ivy"))) {
            for (byte[] line : lines) {
                stream.send(line);
            }
            stream.end();
            assertThat(stream.status()).isEqualTo(200);
            var answer = new ArrayList<JsonNode>();
            for (JsonNode line = stream.receive(); line != null; line = stream.receive()) {
                answer.add(line);
            }
            return answer;
        }
    }

    private static byte[] bytes(JsonNode text) {
        return Objects.requireNonNull(text).asString().getBytes(StandardCharsets.UTF_8);
    }
}
