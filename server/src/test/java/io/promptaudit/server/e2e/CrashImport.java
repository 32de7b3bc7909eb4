package io.promptaudit.server.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** One endless import that every crash breaks off, and every later import takes up from its first line. */
final class CrashImport {
    private static final Pattern MARK = Pattern.compile("line-\\d+\\.");
    private static final int PROMPTS = 40;

    private volatile int sent;
    private volatile int safe;
    private volatile CountDownLatch progress = new CountDownLatch(1);

    private static byte[] line(int number) {
        return ("{\"prompt\":\"import/%d\",\"author\":\"a\",\"at\":\"2024-01-01T00:00:00Z\",\"note\":\"line-%d.\","
                + "\"content\":\"The text of line %d\"}").formatted(number % PROMPTS, number, number)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Imports until the server is gone; the result waits for that. */
    Runnable start(Api editor) {
        progress = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            try (var stream = new ImportStream(editor)) {
                Thread sender = Thread.ofVirtual().start(() -> send(stream));
                receive(stream);
                sender.join();
            } catch (IOException killed) {
                // As it should be.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
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

    private void send(ImportStream stream) {
        try {
            for (int number = 1;; number++) {
                sent = Math.max(sent, number);
                stream.send(line(number));
            }
        } catch (IOException killed) {
            // As it should be.
        }
    }

    private void receive(ImportStream stream) throws IOException {
        if (stream.status() != 200) {
            throw new AssertionError("the import was not accepted");
        }
        for (JsonNode told = stream.receive(); told != null; told = stream.receive()) {
            // A line of progress: everything up to there is durable.
            safe = Math.max(safe, told.get("line").asInt());
            progress.countDown();
        }
    }

    /** Waits until the import that runs has told of progress. */
    void awaitProgress() throws InterruptedException {
        progress.await();
    }

    /** Every line that was told to be safe is there, and no line twice. */
    void check(String when, TrailFile file) {
        Map<String, Integer> found = new HashMap<>();
        file.events().stream().filter(event -> event.aggregate().startsWith("prompt:import/")).forEach(event -> {
            var mark = MARK.matcher(event.payload());
            assertThat(mark.find()).isTrue();
            assertThat(found.merge(mark.group(), 1, Integer::sum)).as("%s: %s is there once", when, mark.group()).isOne();
        });
        for (int number = 1; number <= safe; number++) {
            assertThat(found).as(when).containsKey("line-" + number + ".");
        }
    }

    /** Imports every line that ever was on its way, twice: the first time adds what is missing, the second nothing. */
    void runAgain(Api editor) throws IOException {
        int lines = Math.min(sent, safe + 1000);
        JsonNode first = run(editor, lines);
        assertThat(first.get("imported").asInt() + first.get("skipped").asInt()).isEqualTo(lines);
        assertThat(run(editor, lines).get("skipped").asInt()).isEqualTo(lines);
        safe = Math.max(safe, lines);
    }

    private static JsonNode run(Api editor, int lines) throws IOException {
        try (var stream = new ImportStream(editor)) {
            for (int number = 1; number <= lines; number++) {
                stream.send(line(number));
            }
            stream.end();
            assertThat(stream.status()).isEqualTo(200);
            JsonNode last = stream.receive();
            for (JsonNode next = last; next != null; next = stream.receive()) {
                last = next;
            }
            JsonNode totals = Objects.requireNonNull(last);
            assertThat(totals.has("imported") && !totals.has("line")).as("the last line tells the totals: %s", totals).isTrue();
            return totals;
        }
    }
}
