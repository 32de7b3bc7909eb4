package io.promptaudit.server.evidence;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.server.trail.TestServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Packs as auditors get them, over HTTP. */
class EvidenceIT {
    private static final String INTAKE = "/api/v1/prompts/clinical%2Fintake/evidence";
    private static final String TRAIL = "/api/v1/evidence";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        EvidenceTrail.in(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void first() throws Exception {
        FetchedPack prompt = FetchedPack.of(server, "aude", INTAKE);
        FetchedPack trail = FetchedPack.of(server, "aude", TRAIL);
        Files.write(Path.of("/tmp/prompt.zip"), prompt.answer().body());
        Files.write(Path.of("/tmp/trail.zip"), trail.answer().body());
        assertThat(prompt.answer().body()).isEqualTo(FetchedPack.of(server, "aude", INTAKE).answer().body());
    }
}
