package io.promptaudit.server.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.disk.SpaceMeter.Space;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** What the server does while the room on its disk, as it is told, becomes little and enough again. */
class DiskIT {
    private static final String RAISED = "system raised the alert disk: little room is left (less than 20%,20GB) on the volume of the"
            + " data folder and checkpoints, or it cannot be measured.";
    private static final String CLEARED = "system cleared the alert disk.";

    @TempDir
    private Path folder;

    /** A disk of a thousand bytes. Without stereotype, so that no other test finds it. */
    public static class ToldSpace {
        private static volatile long free = 1000;

        @Bean
        @Primary
        SpaceMeter toldSpace() {
            return _ -> {
                if (free < 0) {
                    throw new IOException("gone");
                }
                return new Space(free, 1000);
            };
        }
    }

    private static void free(TestServer server, long bytes) {
        ToldSpace.free = bytes;
        server.bean(DiskWatch.class).look();
    }

    private static Answer write(TestServer server, String id) {
        return server.post("admin", "/api/v1/accounts", """
                {"id":"%s","displayName":"Somebody","kind":"person","grants":[]}""".formatted(id));
    }

    private static List<String> told(TestServer server) {
        JsonNode items = server.get("admin", "/api/v1/audit?actor=system&q=alert", "Audit-Position", Long.toString(server.head()))
                .json().path("items");
        return items.valueStream().map(item -> item.path("sentence").asString()).toList();
    }

    private static String health(TestServer server) {
        return server.get("", "/actuator/health").at("status");
    }

    @Test
    void warnsThenRecordsNothingAndGoesOnByItself() throws IOException {
        ToldSpace.free = 1000;
        try (var server = new TestServer(folder, new Class<?>[]{ToldSpace.class}, "--promptaudit.disk.warn-below=20%,20GB",
                "--promptaudit.disk.read-only-below=5%,2GB")) {
            free(server, 200);
            assertThat(health(server)).isEqualTo("UP");
            free(server, 199);
            assertThat(health(server)).isEqualTo("DEGRADED");
            assertThat(told(server)).containsExactly(RAISED);
            assertThat(write(server, "erin").status()).isEqualTo(201);
            free(server, 60);
            assertThat(told(server)).hasSize(1);

            free(server, 49);
            long head = server.head();
            Answer refused = write(server, "fred");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.at("detail")).contains("the disk is nearly full", "nothing changed");
            assertThat(server.post("admin", "/api/v1/backups", "").status()).isEqualTo(503);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> String.valueOf(file.getFileName()))).doesNotContain("backups");
            }
            assertThat(server.get("admin", "/api/v1/accounts/erin").status()).isEqualTo(200);
            assertThat(server.get("", "/actuator/health").status()).isEqualTo(503);
            JsonNode room = server.get("admin", "/actuator/health").json().at("/components/room");
            assertThat(room.path("status").asString()).isEqualTo("DOWN");
            assertThat(room.at("/details/reason").asString())
                    .contains("make room on the volume of the data folder and checkpoints");
            assertThat(server.get("admin", "/actuator/prometheus").text())
                    .contains("promptaudit_disk_volumes{level=\"READ_ONLY\"} 2.0", "promptaudit_disk_free_bytes 49.0");
            free(server, 54);
            assertThat(write(server, "fred").status()).isEqualTo(503);
            assertThat(server.head()).isEqualTo(head);

            free(server, 60);
            assertThat(write(server, "fred").status()).isEqualTo(201);
            assertThat(health(server)).isEqualTo("DEGRADED");
            free(server, 230);
            assertThat(health(server)).isEqualTo("UP");
            assertThat(told(server)).containsExactly(CLEARED, RAISED);

            free(server, 10);
            assertThat(write(server, "gina").status()).isEqualTo(503);
            free(server, 1000);
            assertThat(write(server, "gina").status()).isEqualTo(201);
            assertThat(told(server)).as("on record also where it came at once").containsExactly(CLEARED, RAISED, CLEARED, RAISED);

            free(server, -1);
            assertThat(health(server)).isEqualTo("DEGRADED");
            assertThat(write(server, "hugo").status()).isEqualTo(201);
        }
    }
}
