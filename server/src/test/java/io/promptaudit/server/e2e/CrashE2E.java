package io.promptaudit.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.e2e.Writers.Acknowledged;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server under eight writers is killed with {@code kill -9} again and again, and started on what it left. Nothing that was
 * acknowledged is lost, doubled or moved, nothing is there in part, and every receipt verifies.
 */
class CrashE2E {
    private static final int CRASHES = Integer.getInteger("promptaudit.crashes", 3);
    private static final long SEED = Long.getLong("promptaudit.seed", System.nanoTime());
    private static final int LEAST_WRITES = 40;
    private static final int MOST_WRITES = 160;
    private static final int MOST_MICROSECONDS = 30_000;
    private static final int MOST_MILLISECONDS_TO_START = 6000;

    private final Random random = new Random(SEED);
    @TempDir
    private Path folder;

    /** What the server does, besides the writes, when it is killed. */
    private enum Moment {
        IMPORT, REBUILD, WRITES, START
    }

    @Test
    void nothingAcknowledgedIsLostDoubledOrMoved() throws IOException, InterruptedException {
        System.out.printf("%d crashes with the seed %d (-Dpromptaudit.seed)%n", CRASHES, SEED);
        Launch launch = Launch.of(folder.resolve("data")).with("--promptaudit.prompts.snapshot-every=5");
        var writers = new Writers(random);
        var imports = new CrashImport();
        for (int crash = 0; crash < CRASHES; crash++) {
            Moment moment = Moment.values()[crash % Moment.values().length];
            String when = "crash %d, at %s, seed %d".formatted(crash + 1, moment, SEED);
            switch (moment) {
                case START -> killWhileStarting(launch);
                case IMPORT, REBUILD, WRITES -> killWhileWriting(launch, moment, writers, imports, when);
            }
            TrailFile left = TrailFile.copyOf(launch.data());
            check(when, left, writers, imports);
            writers.learn(left);
        }
        try (ServerProcess server = launch.start()) {
            writers.repeatUnanswered(server);
            checkFeed("the end", server, writers);
            writers.receipts().checkAll("the end", server);
            imports.runAgain(server.as("erin"));
            projectionsAgree(server.admin());
            server.stop();
        }
        TrailFile file = TrailFile.copyOf(launch.data());
        check("after an orderly stop, seed " + SEED, file, writers, imports);
        assertThat(file.events()).as("every event has its position").allMatch(event -> event.position() != null);
        assertThat(file.snapshots()).as("snapshots were taken").isPositive();
    }

    private void killWhileStarting(Launch launch) throws InterruptedException {
        try (ServerProcess server = launch.spawn()) {
            Thread.sleep(random.nextInt(MOST_MILLISECONDS_TO_START));
            server.kill();
        }
    }

    private void killWhileWriting(Launch launch, Moment moment, Writers writers, CrashImport imports, String when)
            throws InterruptedException {
        try (ServerProcess server = launch.start()) {
            writers.prepare(server);
            checkFeed(when, server, writers);
            writers.receipts().check(when, server);
            writers.repeatUnanswered(server);
            writers.repeatSomeAnswered(server);
            Runnable beside = switch (moment) {
                case IMPORT -> imports.start(server.as("erin"));
                case REBUILD -> rebuilding(server.admin());
                case WRITES, START -> () -> {};
            };
            var writing = writers.start(server);
            writing.await(LEAST_WRITES + random.nextInt(MOST_WRITES - LEAST_WRITES));
            if (moment == Moment.IMPORT) {
                imports.awaitProgress();
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(MOST_MICROSECONDS));
            server.kill();
            writing.join();
            beside.run();
        }
    }

    /** Has one view after the other rebuilt, without a pause, until the server is gone. The result waits for that. */
    private static Runnable rebuilding(Api admin) {
        List<String> views = views(admin);
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0;; i++) {
                    admin.post("/api/v1/projections/" + views.get(i % views.size()) + "/rebuild", Map.of()).expect(202);
                }
            } catch (UncheckedIOException killed) {
                // As it should be.
            }
        });
        return () -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** As the server itself tells it, after the start that followed a kill. */
    private static void checkFeed(String when, ServerProcess server, Writers writers) {
        List<JsonNode> events = server.admin().events();
        assertThat(events).as("%s: positions are dense", when).extracting(event -> event.get("position").asLong())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
        Map<String, Long> positions = new HashMap<>();
        events.forEach(event -> positions.put(event.get("id").asString(), event.get("position").asLong()));
        assertThat(positions).as("%s: every event is there once", when).hasSameSizeAs(events);
        Map<String, Long> acknowledged = new HashMap<>();
        writers.acknowledged().forEach(it -> acknowledged.put(it.eventId(), it.position()));
        assertThat(positions).as("%s: what was acknowledged is there", when).containsAllEntriesOf(acknowledged);
    }

    /** As the file has it, before any server could repair something. */
    private static void check(String when, TrailFile file, Writers writers, CrashImport imports) {
        Map<String, TrailFile.Event> byId = new HashMap<>();
        Map<String, Long> nextSequence = new HashMap<>();
        for (TrailFile.Event event : file.events()) {
            assertThat(byId.put(event.id(), event)).as("%s: %s is there once", when, event.id()).isNull();
            long expected = nextSequence.merge(event.aggregate(), 1L, Long::sum) - 1;
            assertThat(event.sequence()).as("%s: sequences of %s are dense", when, event.aggregate()).isEqualTo(expected);
            assertThat(event.metadata()).as("%s: %s is whole", when, event.id()).contains("\"account\"", "\"requestId\"")
                    .endsWith("}");
            assertThat(event.payload()).as("%s: %s is whole", when, event.id()).startsWith("{").endsWith("}");
        }
        List<Long> positions = file.events().stream().map(TrailFile.Event::position).filter(it -> it != null).sorted().toList();
        assertThat(positions).as("%s: positions are dense", when)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, positions.size()).boxed().toList());
        for (Acknowledged write : writers.acknowledged()) {
            assertThat(byId).as("%s: %s is there", when, write).containsKey(write.eventId());
            TrailFile.Event event = Objects.requireNonNull(byId.get(write.eventId()));
            assertThat(event.position()).as("%s: %s keeps its position", when, write).isEqualTo(write.position());
            if (write.version() != null) {
                assertThat(event.payload()).as("%s: %s", when, write).contains("\"version\":" + write.version());
            }
            assertThat(file.answers()).as("%s: %s is there with its answer", when, write).containsEntry(write.key(),
                    write.eventId());
        }
        file.answers().forEach((key, event) -> assertThat(byId).as("%s: the answer to %s has its event", when, key)
                .containsKey(event));
        writers.checkMarks(when, file);
        imports.check(when, file);
    }

    private static void projectionsAgree(Api admin) {
        long head = admin.events().size();
        var open = new ArrayList<>(views(admin));
        Instant start = Instant.now();
        Awaitility.await().atMost(Duration.ofMinutes(4)).pollInterval(Duration.ofMillis(500)).until(() -> {
            for (String view : List.copyOf(open)) {
                JsonNode shown = admin.post("/api/v1/projections/" + view + "/reconciliation", Map.of()).expect(202).body();
                JsonNode last = shown.path("reconciliation");
                if (last.has("endedAt") && Instant.parse(last.get("endedAt").asString()).isAfter(start)) {
                    assertThat(last.get("outcome").asString()).as(shown.toString()).isNotEqualTo("failed");
                }
                if (last.path("position").asLong(0) >= head && last.has("endedAt")) {
                    assertThat(last.get("outcome").asString()).as(shown.toString()).isEqualTo("agrees");
                    open.remove(view);
                }
            }
            return open.isEmpty();
        });
    }

    private static List<String> views(Api admin) {
        var views = new ArrayList<String>();
        admin.get("/api/v1/projections").expect(200).body().required("items")
                .forEach(view -> views.add(view.get("view").asString()));
        assertThat(views).isNotEmpty();
        return views;
    }
}
