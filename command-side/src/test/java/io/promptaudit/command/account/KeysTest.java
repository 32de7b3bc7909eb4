package io.promptaudit.command.account;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

import io.promptaudit.command.trail.TrailDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The hashes of keys in their real table on H2, with the rights of the running server. */
class KeysTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TrailDatabase database = new TrailDatabase();
    private Instant now = NOON;
    private final Keys keys = new Keys(database.client(), () -> now);

    @BeforeEach
    void add() {
        keys.add("pk-1", "ada", "hash-1", "event-1");
        keys.add("pk-2", "ada", "hash-2", "event-2");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void areFoundByEitherHalf() {
        assertThat(keys.find("pk-1")).contains(new Keys.Key("pk-1", "ada", "hash-1"));
        assertThat(keys.findBySecret("hash-2")).contains(new Keys.Key("pk-2", "ada", "hash-2"));
        assertThat(keys.find("hash-1")).isEmpty();
        assertThat(keys.findBySecret("pk-1")).isEmpty();
    }

    @Test
    void areForgottenOnceEnded() {
        keys.end("pk-1");
        assertThat(keys.find("pk-1")).isEmpty();
        assertThat(keys.findBySecret("hash-1")).isEmpty();
        assertThat(keys.find("pk-2")).isPresent();
        keys.endAll("ada");
        assertThat(keys.find("pk-2")).isEmpty();
        assertThat(database.owner().sql("select count(secret_hash) from api_key").query(Long.class).single()).isZero();
    }

    @Test
    void knowWhichEventMadeThem() {
        keys.end("pk-1");
        assertThat(keys.madeBy("event-1")).contains("pk-1");
        assertThat(keys.madeBy("event-3")).isEmpty();
    }

    @Test
    void haveSecretsOfTheirOwn() {
        assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> keys.add("pk-3", "ben", "hash-1", "event-3"));
    }

    @Test
    void rememberTheirLastUseOnceItIsWritten() {
        keys.used("pk-1");
        assertThat(keys.lastOf("ada")).as("costs no write").isEmpty();
        now = NOON.plusSeconds(30);
        keys.used("pk-1");
        keys.writeUses();
        assertThat(keys.lastOf("ada")).isEqualTo(Map.of("pk-1", NOON.plusSeconds(30)));
        now = NOON.plusSeconds(90);
        keys.writeUses();
        assertThat(keys.lastOf("ada")).as("not used since").isEqualTo(Map.of("pk-1", NOON.plusSeconds(30)));
        keys.used("pk-unknown");
        keys.writeUses();
        assertThat(keys.lastOf("ben")).isEmpty();
    }
}
