package io.promptaudit.server.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.server.e2e.Api.Answer;
import io.promptaudit.server.e2e.SyscallTrace.Acknowledged;

import static org.assertj.core.api.Assertions.assertThat;

/** What is acknowledged is on disk, as the kernel was told. */
class DurabilityE2E {
    private static final int WRITES = 12;

    /** Of one thread; a write takes two of the sequencer's at most. */
    private static final int FORCES_BEFORE = 40;

    @TempDir
    private Path folder;

    @BeforeAll
    static void requireTracer() {
        Host.require("that what is acknowledged was forced to disk", "strace", "-f", "-yy", "-e", "trace=" + SyscallTrace.CALLS,
                "-o", "/dev/null", "true");
    }

    @Test
    void everyAnswerComesAfterItsEventWasForcedToDiskAndThenSealed() throws IOException {
        assertThat(violations(Launch.of(folder.resolve("data")))).isEmpty();
    }

    @Test
    void theCheckTurnsRedWhenNothingIsForced() throws IOException {
        assertThat(violations(Launch.of(folder.resolve("data")).instead(UnforcedServer.class))).hasSize(2 * WRITES);
    }

    /** The system tells of pages that it could not write once; the next force would succeed without them. */
    @Test
    void nothingIsAcknowledgedAfterAForceThatFailed() {
        Path data = folder.resolve("data");
        var acknowledged = new ArrayList<String>();
        try (ServerProcess server = Launch.of(data).under("strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-P",
                data.resolve(TrailFile.NAME).toString(), "-e", "trace=fsync,fdatasync", "-e",
                "inject=fsync,fdatasync:error=EIO:when=" + FORCES_BEFORE).start()) {
            Api writer = server.admin().create("erin", Api.grant("editor"));
            Answer answer = write(writer, "before");
            while (answer.status() == 201 && acknowledged.size() < FORCES_BEFORE) {
                acknowledged.add(answer.text("eventId"));
                answer = write(writer, "before/" + acknowledged.size());
            }
            // Of the write that was on its way nobody knows; those after it are refused.
            assertThat(answer.status()).as("after %d writes", acknowledged.size()).isIn(500, 503);
            for (int i = 0; i < 5; i++) {
                assertThat(write(writer, "after/" + i).status()).isEqualTo(503);
            }
        }
        try (ServerProcess server = Launch.of(data).start()) {
            assertThat(server.admin().events()).extracting(event -> event.get("id").asString()).containsAll(acknowledged);
            write(server.as("erin"), "after").expect(201);
        }
    }

    private static Answer write(Api writer, String name) {
        return writer.post("/api/v1/prompts", Map.of("name", name, "type", "text", "content", "Hello", "note", "n"));
    }

    private List<String> violations(Launch launch) throws IOException {
        Path traced = folder.resolve("strace.txt");
        List<Acknowledged> writes;
        try (ServerProcess server = launch.under("strace", "-f", "-yy", "--seccomp-bpf", "-s", "1048576", "-e",
                "trace=" + SyscallTrace.CALLS, "-e", "signal=none", "-o", traced.toString()).start()) {
            writes = write(server.admin());
            server.stop();
        }
        try (var lines = Files.newBufferedReader(traced, StandardCharsets.ISO_8859_1)) {
            var trace = SyscallTrace.read(lines);
            return writes.stream().map(write -> trace.violation(write, TrailFile.NAME)
                    .or(() -> trace.unsealed(write, TrailFile.NAME))).flatMap(Optional::stream).toList();
        }
    }

    /** Single writes, one after the other: nothing but its own commit can force an event to disk. */
    private static List<Acknowledged> write(Api admin) {
        Api writer = admin.create("erin", Api.grant("editor"));
        var writes = new ArrayList<Acknowledged>();
        for (int i = 0; i < WRITES; i++) {
            String mark = "durable-" + i + ".";
            writes.add(acknowledged(mark, writer.post("/api/v1/prompts",
                    Map.of("name", "durable/" + i, "type", "text", "content", "Hello", "note", mark)).expect(201)));
            String refused = "durable/" + mark + "refused";
            writes.add(acknowledged(refused, admin.post("/api/v1/prompts",
                    Map.of("name", refused, "type", "text", "content", "Hello", "note", "No editor")).expect(403)));
        }
        return writes;
    }

    private static Acknowledged acknowledged(String mark, Answer answer) {
        return new Acknowledged(mark, answer.headers().firstValue("Request-Id").orElseThrow(), answer.text("eventId"),
                answer.number("position"));
    }
}
