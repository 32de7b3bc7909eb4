package io.promptaudit.server.trail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.security.TestClock;

import static io.promptaudit.server.trail.TestServer.ADMIN;
import static io.promptaudit.server.trail.TestServer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Strangers who guess, from other addresses of the loopback network than the accounts they guess at. */
class SignInIT {
    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    static Path folder;
    private static TestServer server;

    /** The door's clock; the trail goes by its own. */
    static class Clocks {
        @Bean
        @Primary
        InstantSource doorClock() {
            return CLOCK;
        }
    }

    @BeforeAll
    static void start() {
        server = new TestServer(folder, new Class<?>[]{Clocks.class});
        server.account("auditor", "[{\"role\":\"auditor\"}]");
        server.account("p-1", "[]");
        server.account("p-2", "[]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whoHammersAtAnAccountWaitsAndItsOwnerDoesNot() {
        assertThat(signIn("127.0.0.1", ADMIN, PASSWORD).statusCode()).isEqualTo(200);
        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(signIn("127.0.0.2", ADMIN, "guess number " + attempt).statusCode()).isEqualTo(401);
        }
        HttpResponse<String> slowed = signIn("127.0.0.2", ADMIN, "guess number 6");
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.headers().firstValue("Retry-After")).contains("1");
        assertThat(slowed.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(slowed.body()).contains("/problems/too-many-attempts").doesNotContain("guess");
        assertThat(signIn("127.0.0.2", ADMIN, PASSWORD).statusCode()).as("not even the right one is looked at").isEqualTo(429);
        assertThat(signIn("127.0.0.1", ADMIN, PASSWORD).statusCode()).isEqualTo(200);
        assertThat(signIn("127.0.0.3", ADMIN, PASSWORD).statusCode()).isEqualTo(200);
        CLOCK.pass(Duration.ofSeconds(1));
        assertThat(signIn("127.0.0.2", ADMIN, PASSWORD).statusCode()).isEqualTo(200);

        JsonNode wrong = refused("account=admin wrong", "\"admin\" with a password: wrong-credential");
        assertThat(wrong.path("actor").asString()).isEqualTo("system");
        assertThat(wrong.path("account").asString()).isEqualTo(ADMIN);
        assertThat(wrong.path("address").asString()).isEqualTo("127.0.0.2");
        assertThat(wrong.has("displayName")).isFalse();
        refused("slowed", "\"admin\" with a password: too-many-attempts");
    }

    @Test
    void manyAddressesDoNotKeepAnAccountOutWhereItWasLately() {
        assertThat(signIn("127.0.0.1", "p-1", PASSWORD).statusCode()).isEqualTo(200);
        for (int stranger = 1; stranger <= 24; stranger++) {
            signIn("127.0.1." + stranger, "p-1", "a guess");
        }
        assertThat(signIn("127.0.1.99", "p-1", PASSWORD).statusCode()).isEqualTo(429);
        assertThat(signIn("127.0.0.1", "p-1", PASSWORD).statusCode()).isEqualTo(200);
        CLOCK.pass(Duration.ofHours(1));
        assertThat(signIn("127.0.1.99", "p-1", PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void oneAddressThatTriesManyNamesWaits() {
        for (int name = 1; name <= 30; name++) {
            assertThat(signIn("127.0.2.1", "somebody-" + name, "a guess").statusCode()).isEqualTo(401);
        }
        assertThat(signIn("127.0.2.1", "p-2", PASSWORD).statusCode()).isEqualTo(429);
        assertThat(signIn("127.0.2.2", "p-2", PASSWORD).statusCode()).isEqualTo(200);
        JsonNode told = refused("nobody", "nobody known with a password: unknown-account");
        assertThat(told.has("account")).isFalse();
        assertThat(told.has("address")).isFalse();
        assertThat(server.get("auditor", "/api/v1/audit?q=somebody-").json().path("items")).isEmpty();
    }

    /** However many guess at the same time, the count holds. */
    @Test
    void guessingInParallelGainsLittle() throws Exception {
        try (var strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> guesses = IntStream.range(0, 200)
                    .<Callable<Integer>>mapToObj(i -> () -> signIn("127.0.3.1", "p-2", "guess " + i).statusCode()).toList();
            int looked = 0;
            for (var guess : strangers.invokeAll(guesses)) {
                looked += guess.get() == 401 ? 1 : 0;
            }
            assertThat(looked).isBetween(5, 8);
        }
    }

    @Test
    void knownPlacesOutliveARestartAndAreErasedWithTheAccount() {
        server.account("p-3", "[]");
        assertThat(signIn("127.0.0.1", "p-3", PASSWORD).statusCode()).isEqualTo(200);
        server.close();
        server = new TestServer(folder, new Class<?>[]{Clocks.class});
        for (int stranger = 1; stranger <= 20; stranger++) {
            signIn("127.0.4." + stranger, "p-3", "a guess");
        }
        assertThat(signIn("127.0.4.99", "p-3", PASSWORD).statusCode()).isEqualTo(429);
        assertThat(signIn("127.0.0.1", "p-3", PASSWORD).statusCode()).isEqualTo(200);
        assertThat(places("p-3")).isEqualTo(1);
        assertThat(server.post(ADMIN, "/api/v1/accounts/p-3/erasure", "{\"reason\":\"left\"}").status()).isEqualTo(201);
        assertThat(places("p-3")).isZero();
    }

    private long places(String account) {
        return server.bean(JdbcClient.class).sql("select count(*) from known_place where account_id = ?").param(account)
                .query(Long.class).single();
    }

    /** The newest entry of a refused sign-in whose sentence ends so; it is told a moment later. */
    private JsonNode refused(String as, String ending) {
        return await(as).atMost(Duration.ofMinutes(1)).until(() -> server
                .get("auditor", "/api/v1/audit?outcome=refused&action=sign-in&limit=200").json().path("items").valueStream()
                .filter(entry -> entry.path("sentence").asString().endsWith(ending + ".")).findFirst(),
                found -> found.isPresent())
                .orElseThrow();
    }

    private HttpResponse<String> signIn(String from, String account, String password) {
        String basic = Base64.getEncoder().encodeToString((account + ":" + password).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1/me"))
                .header("Authorization", "Basic " + basic).build();
        try (var client = HttpClient.newBuilder().localAddress(InetAddress.getByName(from)).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
