package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** What an admin decides when the ledger cannot go on as it was, and when its keys are exchanged. */
class EpochsIT {
    private static final String EPOCHS = "/api/v1/ledger/epochs";
    private static final String ROTATIONS = "/api/v1/ledger/key-rotations";
    private static final String REASON = "{\"reason\":\"a dump was put back\"}";

    @TempDir
    Path folder;

    private Path file(String name) {
        return folder.resolve("data").resolve(name);
    }

    private TestServer start() {
        return new TestServer(folder.resolve("data"));
    }

    private static void account(TestServer server, String id) {
        server.account(id, "[]");
    }

    private static Answer lock(TestServer server) {
        return server.post("admin", "/api/v1/accounts/erin/lock", "{\"reason\":\"r\"}");
    }

    private static byte[] read(TestServer server, String path) {
        Answer answer = server.get("admin", path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().getBytes(StandardCharsets.UTF_8);
    }

    private static Checkpoint checkpoint(TestServer server, TrustPolicy policy) {
        return policy.verify(SignedNote.parse(read(server, "/ledger/checkpoint"))).checkpoint();
    }

    private static TrustPolicy policy(TestServer server) {
        return TrustPolicy.parse(read(server, "/ledger/policy"));
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(file(from), file(to), StandardCopyOption.REPLACE_EXISTING);
    }

    /** A trail whose database was set back by one account. */
    private Answer setBack() throws IOException {
        try (var before = start()) {
            account(before, "erin");
        }
        copy("trail.mv.db", "dump");
        Answer lost;
        try (var after = start()) {
            lost = after.post("admin", "/api/v1/accounts", """
                    {"id":"fred","displayName":"F","kind":"person","grants":[]}""");
            assertThat(lost.status()).isEqualTo(201);
        }
        copy("dump", "trail.mv.db");
        return lost;
    }

    @Test
    void anEpochGoesOnWhereTheDatabaseWasSetBack() throws IOException {
        Answer lost = setBack();
        String position;
        try (var server = start()) {
            assertThat(lock(server).status()).isEqualTo(503);
            Answer opened = server.post("admin", EPOCHS, REASON);
            assertThat(opened.status()).as(opened.text()).isEqualTo(201);
            assertThat(opened.json().path("sealed").asBoolean()).isTrue();
            position = opened.at("position");

            TrustPolicy policy = policy(server);
            assertThat(checkpoint(server, policy).origin()).endsWith("/epoch-2");
            Receipt receipt = Receipt.parse(read(server, Objects.requireNonNull(opened.headers().get("receipt"))));
            assertThat(receipt.index()).isEqualTo(opened.position() - 1);
            assertThat(lock(server).status()).isEqualTo(201);
            // What was found of the epoch before is looked at again at once.
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                    server.get("admin", "/api/v1/ledger/verification").at("state")).isEqualTo("GOOD"));
            assertThat(server.get("admin", "/actuator/health").status()).isEqualTo(200);

            JsonNode told = server.after(opened, "admin", "/api/v1/audit?action=open-epoch").json().path("items").get(0);
            assertThat(told.path("actor").asString()).isEqualTo("admin");
            assertThat(told.path("sentence").asString()).contains("epoch 2").contains("a dump was put back");
            JsonNode event = server.send("admin", "GET", "/api/v1/events?after=" + (opened.position() - 1), null, "Accept",
                    "application/json").json().path("items").get(0).path("data");
            assertThat(event.path("finding").asString()).contains("set back");
            assertThat(event.path("kept").asLong()).isEqualTo(opened.position() - 1).isLessThan(lost.position());
            var known = Checkpoint.parse(SignedNote.parse(
                    event.path("checkpoint").asString().getBytes(StandardCharsets.UTF_8)).text());
            assertThat(known.origin()).endsWith("/epoch-1");
            assertThat(known.size()).isGreaterThanOrEqualTo(lost.position());
            assertThat(event.path("retired")).hasSize(2);
        }
        assertThat(file("checkpoints").resolve("epoch-1.checkpoint")).isRegularFile();
        try (var again = start()) {
            account(again, "gina");
            assertThat(checkpoint(again, policy(again)).origin()).endsWith("/epoch-2");
            // What the first epoch signed can still be verified: its keys are in the policy.
            policy(again).verify(SignedNote.parse(Files.readAllBytes(file("checkpoints").resolve("epoch-1.checkpoint"))));
        }
        copy("dump", "trail.mv.db");
        try (var setBackAgain = start()) {
            Answer refused = lock(setBackAgain);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.at("detail")).contains("epoch-2");
            Answer opened = setBackAgain.post("admin", EPOCHS, REASON);
            assertThat(opened.status()).as(opened.text()).isEqualTo(201);
            assertThat(opened.at("position")).isEqualTo(position);
            assertThat(checkpoint(setBackAgain, policy(setBackAgain)).origin()).endsWith("/epoch-3");
        }
    }

    @Test
    void anEpochGoesOnWithoutTheSecondPlaceAndWithoutTheKeys() throws IOException {
        try (var before = start()) {
            account(before, "erin");
        }
        for (String name : List.of("checkpoints/checkpoint.0", "checkpoints/checkpoint.1", "keys/ledger-1.1.key")) {
            Files.deleteIfExists(file(name));
        }
        try (var server = start()) {
            assertThat(lock(server).at("detail")).contains("key");
            Answer opened = server.post("admin", EPOCHS, "{\"reason\":\"the disk with keys and checkpoints broke\"}");
            assertThat(opened.status()).as(opened.text()).isEqualTo(201);
            assertThat(lock(server).status()).isEqualTo(201);
        }
        try (var again = start()) {
            account(again, "gina");
        }
    }

    @Test
    void keysAreRotatedUnderTheEyesOfTheOldOnes() {
        TrustPolicy before;
        TrustPolicy after;
        try (var server = start()) {
            account(server, "erin");
            before = policy(server);
            Answer rotated = server.post("admin", ROTATIONS, "{\"reason\":\"once a year\"}");
            assertThat(rotated.status()).as(rotated.text()).isEqualTo(201);
            after = policy(server);
            Receipt receipt = Receipt.parse(read(server, Objects.requireNonNull(rotated.headers().get("receipt"))));
            before.verify(receipt.checkpoint());
            assertThat(after.verify(receipt.checkpoint()).logKeys()).hasSize(4);
            assertThat(server.after(rotated, "admin", "/api/v1/audit?action=rotate-ledger-keys").json().path("items")).hasSize(1);
        }
        try (var again = start()) {
            account(again, "gina");
            checkpoint(again, before);
            checkpoint(again, after);
            assertThat(again.post("admin", ROTATIONS, "{\"reason\":\"once more\"}").status()).isEqualTo(201);
        }
        try (var overlapIsOver = new TestServer(folder.resolve("data"), "--promptaudit.ledger.key-overlap=PT0S")) {
            account(overlapIsOver, "hana");
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> checkpoint(overlapIsOver, before));
            checkpoint(overlapIsOver, policy(overlapIsOver));
        }
    }

    @Test
    void nobodyElseDecides() {
        try (var server = start()) {
            account(server, "erin");
            for (String path : List.of(EPOCHS, ROTATIONS)) {
                Answer refused = server.post("erin", path, REASON);
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.at("rule")).isEqualTo("missing-grant");
                assertThat(server.post("admin", path, "{\"reason\":\" \"}").at("field")).isEqualTo("reason");
                assertThat(server.post("admin", path, "{}").status()).isEqualTo(400);
                JsonNode key = server.post("admin", "/api/v1/accounts/admin/keys", "{\"name\":\"script\"}").json();
                Answer byKey = server.post("Bearer " + key.path("secretKey").asString(), path, REASON);
                assertThat(byKey.at("rule")).as(byKey.text()).isEqualTo("person-must-act");
            }
            assertThat(checkpoint(server, policy(server)).origin()).endsWith("/epoch-1");
        }
    }

    /** The entries before an epoch are the same in the next: only the name and the keys are new. */
    @Test
    void whatWasSignedBeforeIsStillInTheTree() throws IOException {
        setBack();
        try (var server = start()) {
            server.post("admin", EPOCHS, REASON);
            Checkpoint now = checkpoint(server, policy(server));
            var kept = SignedNote.parse(Files.readAllBytes(file("checkpoints").resolve("epoch-1.checkpoint")));
            assertThat(Checkpoint.parse(kept.text()).size()).isGreaterThanOrEqualTo(now.size() - 1);
            byte[] entry = server.bean(LedgerTable.class).entries(now.size() - 1, 1).getFirst();
            assertThat(EventLeaf.parse(entry).position()).isEqualTo(now.size());
        }
    }
}
