package io.promptaudit.server.trail;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static io.promptaudit.server.trail.TestServer.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Requests from elsewhere, as a proxy in front tells of them. */
class TransportIT {
    private static final String FROM = "X-Forwarded-For";
    private static final String BY = "X-Forwarded-Proto";
    private static final String ELSEWHERE = "203.0.113.9";

    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder, "--server.forward-headers-strategy=native", "--promptaudit.tls-terminated-in-front=true");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void plainHttpFromElsewhereIsRefusedBeforeAnyCredentialIsLookedAt() {
        for (int attempt = 1; attempt <= 10; attempt++) {
            Answer answer = server.get("", "/api/v1/me", "Authorization", "Basic Z3Vlc3M6Z3Vlc3M=", FROM, ELSEWHERE, BY, "http");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.problem()).isEqualTo("tls-required");
        }
        assertThat(server.get(ADMIN, "/api/v1/me", FROM, ELSEWHERE).problem()).isEqualTo("tls-required");
        assertThat(server.get("", "/api/v1/me", FROM, ELSEWHERE).problem()).as("nobody is asked to sign in over plain HTTP")
                .isEqualTo("tls-required");
        JsonNode told = await().until(() -> server.get(ADMIN, "/api/v1/audit?action=sign-in").json().path("items"),
                items -> !items.isEmpty()).path(0);
        assertThat(told.path("reason").asString()).isEqualTo("tls-required");
        assertThat(told.has("account")).isFalse();
    }

    @Test
    void tlsInFrontLetsPeopleInAndTheirOwnAddressCounts() {
        Answer answer = server.get(ADMIN, "/api/v1/me", FROM, ELSEWHERE, BY, "https");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("strict-transport-security", "max-age=31536000");
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(guess("203.0.113.66").status()).isEqualTo(401);
        }
        assertThat(guess("203.0.113.66").status()).isEqualTo(429);
        assertThat(guess(ELSEWHERE).status()).isEqualTo(401);
    }

    private static Answer guess(String from) {
        return server.get("", "/api/v1/me", "Authorization", "Basic Z3Vlc3M6Z3Vlc3M=", FROM, from, BY, "https");
    }

    @Test
    void healthIsForEverybodyButTakesNoCredentialOverPlainHttp() {
        Answer answer = server.get("", "/actuator/health", FROM, ELSEWHERE);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).doesNotContainKey("strict-transport-security");
        assertThat(server.get(ADMIN, "/actuator/health", FROM, ELSEWHERE).problem()).isEqualTo("tls-required");
        assertThat(server.get("", "/actuator/health/../../api/v1/me", FROM, ELSEWHERE).problem()).isEqualTo("tls-required");
    }
}
