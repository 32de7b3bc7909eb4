package io.promptaudit.server.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.server.e2e.Api.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Real volumes: one that fills up while the server runs, and one with the checkpoints that cannot be written for a while. */
class NearlyFullDiskE2E {
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void stopsBeforeTheDiskIsFullAndGoesOnByItself() throws IOException {
        try (var volume = SmallVolume.in(folder, 128);
                ServerProcess server = Launch.of(volume.path().resolve("data"))
                        .with("--promptaudit.disk.warn-below=40MB", "--promptaudit.disk.read-only-below=20MB").start()) {
            Api editor = server.admin().create("erin", Api.grant("editor"));
            create(editor, "room/1").expect(201);
            volume.fill(30 * MEBIBYTE);
            until(() -> health(editor).equals("DEGRADED"));
            create(editor, "room/2").expect(201);
            volume.fill(10 * MEBIBYTE);
            until(() -> create(editor, "room/no").status() == 503);
            assertThat(create(editor, "room/no").text("detail")).contains("the disk is nearly full");
            assertThat(health(editor)).isEqualTo("DOWN");
            editor.get("/api/v1/prompts/room%2F2").expect(200);
            volume.makeRoom();
            until(() -> create(editor, "room/3").status() == 201);
            until(() -> health(editor).equals("UP"));
        }
    }

    @Test
    void sealsAgainOnceTheCheckpointsCanBeWritten() throws IOException {
        try (var volume = SmallVolume.in(folder, 16);
                ServerProcess server = Launch.of(folder.resolve("data"))
                        .with("--promptaudit.ledger.checkpoints=" + volume.path().resolve("checkpoints")).start()) {
            Api editor = server.admin().create("erin", Api.grant("editor"));
            create(editor, "seal/1").expect(201);
            volume.makeReadOnly();
            assertThat(create(editor, "seal/2").status()).as("recorded, and not sealed").isEqualTo(202);
            until(() -> create(editor, "seal/no").status() == 503);
            assertThat(create(editor, "seal/no").text("detail")).contains("nothing can be sealed now", "checkpoints");
            assertThat(health(editor)).isEqualTo("DOWN");
            assertThat(server.admin().get("/actuator/health").body().toString()).contains("checkpoints");
            editor.get("/api/v1/prompts/seal%2F2").expect(200);
            volume.makeWritable();
            until(() -> create(editor, "seal/3").status() == 201);
            until(() -> health(editor).equals("UP"));
        }
    }

    private static void until(BooleanSupplier what) {
        await().atMost(Duration.ofMinutes(1)).until(what::getAsBoolean);
    }

    private static String health(Api api) {
        return api.stranger().get("/actuator/health").text("status");
    }

    private static Answer create(Api editor, String name) {
        return editor.post("/api/v1/prompts", Map.of("name", name, "type", "text", "content", "x", "note", "First"));
    }
}
