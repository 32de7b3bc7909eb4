package io.promptaudit.server.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The server with witnesses over HTTP: what it gives away, what it says of itself, and what it refuses. */
class WitnessIT {
    @TempDir
    private Path folder;
    private Path data = Path.of("");
    private final List<WitnessServer> witnesses = new ArrayList<>();

    @BeforeEach
    void startWitnesses() {
        data = folder.resolve("data");
        witnesses.add(new WitnessServer(folder, "witness.example/a", false));
        witnesses.add(new WitnessServer(folder, "witness.example/b", true));
    }

    @AfterEach
    void stopWitnesses() {
        witnesses.forEach(WitnessServer::close);
    }

    private TestServer start(int count, String... more) {
        var options = new ArrayList<>(List.of(more));
        for (int i = 0; i < count; i++) {
            options.addAll(witnesses.get(i).settings(i));
        }
        return new TestServer(data, new Class<?>[]{QuickWitnesses.class}, options.toArray(String[]::new));
    }

    /** What an operator of a witness does once: takes over the ledger's keys. */
    private void introduce(TestServer server) {
        server.get("", "/ledger/policy").text().lines().filter(line -> line.startsWith("log ")).forEach(
                line -> witnesses.forEach(witness -> witness.book().trust(line.substring("log ".length()))));
    }

    private static Answer write(TestServer server, String id) {
        return server.post("admin", "/api/v1/accounts", """
                {"id":"%s","displayName":"Somebody","kind":"person","grants":[]}""".formatted(id));
    }

    private static void until(BooleanSupplier what) {
        await().atMost(Duration.ofSeconds(60)).until(what::getAsBoolean);
    }

    private static String state(TestServer server) {
        return server.get("admin", "/api/v1/ledger").at("state");
    }

    private static String told(TestServer server) {
        return server.get("admin", "/api/v1/audit?actor=system&limit=200", "Audit-Position", Long.toString(server.head())).text();
    }

    private static JsonNode health(TestServer server) {
        return server.get("admin", "/actuator/health").json().at("/components/witnesses");
    }

    @Test
    void whatIsGivenAwayIsCosigned() {
        try (var server = start(2)) {
            JsonNode before = server.get("admin", "/api/v1/ledger").json();
            assertThat(before.path("state").asString()).isEqualTo("UNANCHORED");
            assertThat(before.path("secondPlace").asString()).isEqualTo("inside");
            until(() -> server.get("admin", "/api/v1/ledger").text().contains("does not know the ledger"));
            until(() -> told(server).contains("raised the alert ledger-witnesses: no quorum of witnesses (2 of witness.example/a,"
                    + " witness.example/b) cosigns the newest checkpoint"));
            introduce(server);
            until(() -> state(server).equals("WITNESSED"));
            until(() -> told(server).contains("cleared the alert ledger-witnesses"));

            Answer made = write(server, "erin");
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            byte[] policy = server.get("", "/ledger/policy").text().getBytes(StandardCharsets.UTF_8);
            Answer proof = server.get("admin", "/ledger/receipts/" + made.at("eventId"));
            Receipt receipt = Receipt.parse(proof.text().getBytes(StandardCharsets.UTF_8));
            var trusted = TrustPolicy.parse(policy).verify(receipt.checkpoint());
            assertThat(trusted.witnesses()).hasSize(2);
            assertThat(trusted.checkpoint().size()).isGreaterThanOrEqualTo(made.position());

            until(() -> server.get("admin", "/api/v1/ledger").json().path("witnesses").get(1).path("size").asLong() == server
                    .head());
            SignedNote checkpoint = SignedNote
                    .parse(server.get("", "/ledger/checkpoint").text().getBytes(StandardCharsets.UTF_8));
            assertThat(TrustPolicy.parse(policy).verify(checkpoint).checkpoint().size()).isEqualTo(server.head());

            server.account("vera", "[]");
            until(() -> server.get("vera", "/api/v1/ledger").json().path("witnesses").get(0).path("size").asLong() == server
                    .head());
            JsonNode ledger = server.get("vera", "/api/v1/ledger").json();
            assertThat(ledger.propertyNames()).containsExactly("origin", "size", "root", "sealedAt", "state", "secondPlace",
                    "quorum",
                    "witnesses");
            assertThat(ledger.path("size").asLong()).isEqualTo(server.head());
            assertThat(ledger.path("witnesses").get(0).propertyNames()).containsExactly("name", "size", "at");
            String metrics = server.get("admin", "/actuator/prometheus").text();
            assertThat(metrics).contains("promptaudit_ledger_state{state=\"WITNESSED\"} 1.0",
                    "promptaudit_ledger_state{state=\"UNANCHORED\"} 0.0", "promptaudit_ledger_unsealed 0.0",
                    "promptaudit_ledger_witness_age_seconds{witness=\"witness.example/a\"}");
            assertThat(health(server).path("status").asString()).isEqualTo("UP");
        }
        try (var again = start(2)) {
            until(() -> state(again).equals("WITNESSED"));
            assertThat(told(again))
                    .containsOnlyOnce("with promptaudit.ledger.witnesses=2 of witness.example/a, witness.example/b");
        }
        try (var without = start(0)) {
            assertThat(told(without)).contains("with promptaudit.ledger.witnesses=none");
            assertThat(state(without)).isEqualTo("UNANCHORED");
        }
    }

    @Test
    void writesStopWhereThatIsWantedAndGoOnByThemselves() {
        try (var server = start(1, "--promptaudit.ledger.halt-without-witness=10s",
                "--promptaudit.ledger.checkpoints=" + folder.resolve("elsewhere"))) {
            introduce(server);
            until(() -> state(server).equals("WITNESSED"));
            witnesses.getFirst().goDown();
            assertThat(write(server, "erin").status()).isEqualTo(201);
            until(() -> state(server).equals("SELF-ANCHORED"));
            until(() -> told(server).contains("raised the alert ledger-witnesses"));
            until(() -> health(server).path("status").asString().equals("DOWN"));
            Answer refused = write(server, "fred");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.at("detail")).contains("no quorum of witnesses");
            assertThat(server.get("admin", "/api/v1/ledger").at("refusal")).contains("no quorum of witnesses");
            assertThat(server.get("admin", "/api/v1/accounts/erin").status()).isEqualTo(200);
            assertThat(server.get("admin", "/api/v1/accounts/fred").status()).isEqualTo(404);
            witnesses.getFirst().comeUp();
            until(() -> write(server, "fred").status() < 300);
            until(() -> told(server).contains("cleared the alert ledger-witnesses"));
            assertThat(health(server).path("status").asString()).isEqualTo("UP");
        }
    }

    /** The whole folder is put back, the second place too: nothing in it can tell. */
    @Test
    void aFolderThatWasSetBackIsNotSigned() throws IOException {
        Path older = folder.resolve("older");
        Path newer = folder.resolve("newer");
        try (var server = start(1)) {
            introduce(server);
            until(() -> state(server).equals("WITNESSED"));
        }
        FileSystemUtils.copyRecursively(data, older);
        try (var server = start(1)) {
            for (int i = 0; i < 5; i++) {
                write(server, "erin" + i);
            }
            until(() -> witnesses.getFirst().book().seen(origin(server)).size() == server.head());
        }
        Files.move(data, newer);
        Files.move(older, data);
        try (var server = start(1)) {
            until(() -> write(server, "fred").status() == 503);
            Answer refused = write(server, "gina");
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.at("detail")).contains("witness.example/a knows a tree of", "set back");
            assertThat(server.get("admin", "/actuator/health").status()).isEqualTo(503);
            assertThat(server.get("admin", "/api/v1/ledger").at("refusal")).contains("set back");
            assertThat(server.get("", "/ledger/checkpoint").status()).isEqualTo(404);
        }
        FileSystemUtils.deleteRecursively(data);
        Files.move(newer, data);
        try (var server = start(1)) {
            assertThat(write(server, "fred").status()).isEqualTo(201);
            until(() -> state(server).equals("WITNESSED"));
        }
    }

    private static String origin(TestServer server) {
        return server.get("admin", "/api/v1/ledger").at("origin");
    }

    /** Somebody has the ledger's key and showed a witness another history. */
    @Test
    void anotherHistoryUnderTheKeyIsAnAlert() throws IOException {
        long size;
        try (var server = start(0)) {
            introduce(server);
            size = server.head();
        }
        Ed25519Signer stolen = Ed25519Signer.parse(key());
        var forged = new Checkpoint(stolen.key().name(), size, new TreeHasher().leaf(Utf8.encode("another history")));
        var verdict = witnesses.getFirst().book().judge("old 0\n\n"
                + new String(new SignedNote(forged.text(), List.of()).signedBy(stolen).encode(), StandardCharsets.UTF_8));
        assertThat(verdict.status()).isEqualTo(200);
        try (var server = start(1)) {
            until(() -> told(server).contains("raised the alert ledger-fork: seen with another history under the ledger's key by"
                    + " witness.example/a"));
            assertThat(write(server, "erin").status()).isEqualTo(201);
            assertThat(server.get("", "/actuator/health").at("status")).isEqualTo("DEGRADED");
            assertThat(health(server).at("/details/contradicting/0").asString()).isEqualTo("witness.example/a");
            assertThat(state(server)).isEqualTo("UNANCHORED");
        }
    }

    private String key() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("keys"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String first = Files.readString(file, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
                if (first.startsWith("PRIVATE+KEY+")) {
                    return first;
                }
            }
        }
        throw new AssertionError("no key of the ledger");
    }

    @Test
    void aStartDoesNotHangWhenNobodyAnswers() {
        witnesses.forEach(witness -> witness.behave(WitnessServer.Manner.SILENT));
        try (var server = new TestServer(data, witnesses.getFirst().settings(0).toArray(String[]::new))) {
            assertThat(write(server, "erin").status()).isIn(201, 202);
            until(() -> server.get("admin", "/api/v1/ledger").text().contains("does not answer"));
            assertThat(state(server)).isEqualTo("UNANCHORED");
        }
    }
}
