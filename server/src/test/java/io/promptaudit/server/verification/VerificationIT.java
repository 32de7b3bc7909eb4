package io.promptaudit.server.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

import io.promptaudit.command.trail.Alerts;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.server.ledger.Seals;
import io.promptaudit.server.sequence.TrailClock;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The owner of the database, without guards, changes what is recorded while the server runs: each change is found, by name. */
class VerificationIT {
    private static final String PATH = "/api/v1/ledger/verification";
    private static final int EVENTS = 270;
    private static final Map<String, String> KEYS = Map.of("domain_event", "global_index", "event_position", "position",
            "ledger_leaf", "leaf_index", "ledger_node", "node_index", "ledger_checkpoint", "size");

    @TempDir
    static Path folder;
    private static TestServer server;
    private static int writes;

    @BeforeAll
    static void start() throws SQLException {
        server = new TestServer(folder);
        server.account("aude", "[{\"role\":\"auditor\"}]");
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        while (server.head() < EVENTS) {
            write("Prefer", "respond-async");
        }
        good();
        try (Connection owner = owner(); var statement = owner.createStatement()) {
            for (String table : KEYS.keySet()) {
                statement.execute("drop trigger %s_append_only".formatted(table));
            }
            statement.execute("set referential_integrity false");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection owner() throws SQLException {
        return DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("trail"), "OWNER", "");
    }

    private static Answer write(String... headers) {
        writes++;
        Answer made = server.post("wanda", "/api/v1/prompts",
                "{\"name\":\"p/%d\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(writes), headers);
        assertThat(made.status()).as(made.text()).isIn(201, 202);
        return made;
    }

    /** The result of a round that began after this was called. */
    private static JsonNode round() {
        String before = server.get("aude", PATH).at("startedAt");
        assertThat(server.post("aude", PATH, "").status()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            JsonNode now = server.get("aude", PATH).json();
            return !now.path("state").asString().equals("RUNNING") && !now.path("startedAt").asString().equals(before);
        });
        return server.get("aude", PATH).json();
    }

    private static JsonNode good() {
        JsonNode result = round();
        assertThat(result.path("state").asString()).as(result.toString()).isEqualTo("GOOD");
        return result;
    }

    private static long sealed() {
        return Long.parseLong(server.get("", "/ledger/checkpoint").text().lines().skip(1).findFirst().orElseThrow());
    }

    private static String newestTold() {
        return server.get("admin", "/api/v1/audit?limit=1&actor=system&q=ledger-verification", "Audit-Position",
                Long.toString(server.head())).json().path("items").path(0).path("sentence").asString("");
    }

    @Test
    void tellsAuditorsAndAdminsAlone() {
        JsonNode result = good();
        assertThat(result.propertyNames()).containsExactly("state", "lastResult", "startedAt", "finishedAt", "age", "entries",
                "entriesPerSecond", "found", "findings");
        assertThat(result.path("entries").asLong()).isGreaterThanOrEqualTo(EVENTS);
        assertThat(result.path("findings")).isEmpty();
        for (Answer refused : List.of(server.get("wanda", PATH), server.post("wanda", PATH, ""))) {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.at("rule")).isEqualTo("missing-grant");
        }
        assertThat(server.get("admin", "/api/v1/audit?action=verify-ledger&outcome=refused", "Audit-Position",
                Long.toString(server.head())).json().path("items")).isNotEmpty();
        assertThat(server.get("admin", "/actuator/prometheus").text()).contains("promptaudit_ledger_verification_good 1.0",
                "promptaudit_ledger_verification_found 0.0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a payload byte | flip payload of domain_event | event",
            "a metadata byte | flip meta_data of domain_event | event",
            "a time | update domain_event set time_stamp = '2020-01-01T00:00:00Z' where EVENT | event",
            "a type | update domain_event set payload_type = 'x' where EVENT | event",
            "an aggregate | update domain_event set aggregate_identifier = 'prompt:other' where EVENT | event",
            "an event | delete from domain_event where EVENT | event",
            "an id | update domain_event set event_identifier = 'another' where EVENT | entry",
            "an entry | flip entry of ledger_leaf | leaf",
            "another's entry | update ledger_leaf set entry = (select entry from ledger_leaf where leaf_index = 60),"
                    + " hash = (select hash from ledger_leaf where leaf_index = 60) where leaf_index = 49 | entry",
            "a leaf's hash | flip hash of ledger_leaf | leaf",
            "a leaf | delete from ledger_leaf where leaf_index = 49 | leaf",
            "a node | update ledger_node set hash = (select hash from ledger_leaf where leaf_index = 49) | node",
            "a node that is gone | delete from ledger_node | node",
            "a root | update ledger_checkpoint set root = (select hash from ledger_leaf where leaf_index = 49)"
                    + " where size = (select min(size) from ledger_checkpoint where size > 50) | root",
            "the newest root | delete from ledger_checkpoint where size = (select max(size) from ledger_checkpoint) | root",
            "every trace of an event | delete from domain_event where EVENT; delete from ledger_leaf where leaf_index = 49;"
                    + " delete from event_position where position = 50 | position",
            "swapped positions | update event_position set global_index = -global_index where position in (50, 51);"
                    + " update event_position set global_index = (select -global_index from event_position where position = 51)"
                    + " where position = 50; update event_position set global_index = (select global_index - 1 from event_position"
                    + " where position = 50) where position = 51 | entry"})
    void isFoundByName(String what, String attack, String check) throws SQLException {
        long head = write().position();
        await().atMost(Duration.ofMinutes(1)).until(() -> sealed() >= head);
        try (Connection owner = owner(); var statement = owner.createStatement()) {
            save(statement);
            if (attack.startsWith("flip ")) {
                flip(owner, attack.split(" ", -1)[1], attack.split(" ", -1)[3]);
            } else {
                // At once: the sequencer would give an event without a position another one.
                owner.setAutoCommit(false);
                for (String sql : attack.split(";", -1)) {
                    assertThat(statement.executeUpdate(sql.replace("EVENT",
                            "global_index = (select global_index from event_position where position = 50)"))).isPositive();
                }
                owner.setAutoCommit(true);
            }
            JsonNode result = round();
            assertThat(result.path("state").asString()).as(what).isEqualTo("FAILED");
            List<String> checks = new ArrayList<>();
            result.path("findings").forEach(finding -> checks.add(finding.path("check").asString()));
            assertThat(checks).as(result.path("findings").toString()).contains(check);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> newestTold().startsWith("system raised the alert ledger-verification: "));
            assertThat(server.get("", "/actuator/health").at("status")).isEqualTo("DEGRADED");
            assertThat(server.get("admin", "/actuator/health").json().at("/components/verification/status").asString())
                    .isEqualTo("DEGRADED");
            repair(statement);
        }
        good();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> newestTold().equals("system cleared the alert ledger-verification."));
    }

    /** The running server remembers where its trail ended, and gives no position above what is gone. */
    @Test
    void theLastEventIsMissedAtOnce() throws SQLException {
        long head = write().position();
        await().atMost(Duration.ofMinutes(1)).until(() -> sealed() >= head);
        try (Connection owner = owner(); var statement = owner.createStatement()) {
            save(statement);
            owner.setAutoCommit(false);
            for (String gone : List.of(
                    "domain_event where global_index = (select global_index from event_position where position = %d)",
                    "ledger_leaf where leaf_index = %d - 1", "ledger_checkpoint where size = %d",
                    "event_position where position = %d")) {
                assertThat(statement.executeUpdate("delete from " + gone.formatted(head))).isOne();
            }
            owner.setAutoCommit(true);
            await().atMost(Duration.ofMinutes(1)).until(() -> server.get("", "/actuator/health").status() == 503);
            Answer refused = server.put("admin", "/api/v1/accounts/wanda/groups", "{\"groups\":[\"cut\"]}");
            assertThat(refused.status()).as(refused.text()).isEqualTo(503);
            assertThat(refused.at("detail")).contains("not those that were there before");
            JsonNode result = round();
            assertThat(result.path("findings").path(0).path("check").asString()).as(result.toString()).isEqualTo("position");
            repair(statement);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> server.get("", "/actuator/health").status() == 200);
        write();
        good();
    }

    private static void save(Statement statement) throws SQLException {
        for (String table : KEYS.keySet()) {
            statement.execute("create table saved_%s as select * from %s".formatted(table, table));
        }
    }

    /** Changes one bit of what belongs to the position 50. */
    private static void flip(Connection owner, String column, String table) throws SQLException {
        String where = table.equals("domain_event")
                ? "global_index = (select global_index from event_position where position = 50)"
                : "leaf_index = 49";
        try (PreparedStatement select = owner.prepareStatement("select %s from %s where %s".formatted(column, table, where));
                PreparedStatement update = owner
                        .prepareStatement("update %s set %s = ? where %s".formatted(table, column, where))) {
            ResultSet row = select.executeQuery();
            assertThat(row.next()).isTrue();
            byte[] bytes = row.getBytes(1);
            bytes[bytes.length / 2] ^= 1;
            update.setBytes(1, bytes);
            assertThat(update.executeUpdate()).isOne();
        }
    }

    /** Puts back every row that was there; what was recorded meanwhile stays. */
    private static void repair(Statement statement) throws SQLException {
        for (Map.Entry<String, String> table : KEYS.entrySet()) {
            String name = table.getKey();
            String key = table.getValue();
            statement.execute("delete from %s where %s in (select %s from saved_%s)".formatted(name, key, key, name));
            statement.execute("insert into %s select * from saved_%s".formatted(name, name));
            statement.execute("drop table saved_" + name);
        }
    }

    @Test
    void aRowThatNothingBelongsToIsFound() throws SQLException {
        try (Connection owner = owner(); var statement = owner.createStatement()) {
            statement.execute("insert into ledger_checkpoint values (999999, X'00')");
            JsonNode found = round().path("findings").path(0);
            assertThat(found.path("check").asString()).isEqualTo("surplus");
            assertThat(found.path("detail").asString()).contains("999999");
            statement.execute("delete from ledger_checkpoint where size = 999999");
        }
        good();
    }

    /** A round over a large trail takes hours: here it never ends. */
    @Test
    void isToldBeforeTheRoundIsOver() throws Exception {
        good();
        await().atMost(Duration.ofMinutes(1)).until(() -> !newestTold().startsWith("system raised"));
        var portions = new AtomicInteger();
        var goOn = new CountDownLatch(1);
        var trail = new RecordedTrail(server.bean(JdbcTemplate.class));
        Pace halting = worked -> {
            if (portions.incrementAndGet() > 5) {
                goOn.await();
            }
        };
        var verifier = new LedgerVerifier(() -> new Round(trail, server.bean(Seals.class), halting), Duration.ofHours(1),
                server.bean(Alerts.class), server.bean(TrailClock.class));
        try (Connection owner = owner()) {
            flip(owner, "payload", "domain_event");
            try {
                verifier.start();
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> newestTold().startsWith("system raised the alert ledger-verification: event: "));
                assertThat(verifier.view().state()).isEqualTo(VerificationView.State.RUNNING);
                assertThat(verifier.view().entries()).isLessThan(EVENTS);
                goOn.countDown();
                await().atMost(Duration.ofMinutes(1)).until(() -> verifier.view().state() == VerificationView.State.FAILED);
            } finally {
                flip(owner, "payload", "domain_event");
            }
        } finally {
            goOn.countDown();
            verifier.stop();
        }
        good();
        await().atMost(Duration.ofMinutes(1)).until(() -> newestTold().equals("system cleared the alert ledger-verification."));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"more than was signed, epoch-1, true, and fewer are signed",
            "another epoch, epoch-2, false, which is not the ledger's epoch",
            "another key, epoch-1, false, none of the ledger's keys signed"})
    void whatTheSecondPlaceMustNotKnowIsFound(String what, String epoch, boolean isStolen, String words) throws IOException {
        good();
        String origin = server.get("", "/ledger/checkpoint").text().lines().findFirst().orElseThrow();
        Ed25519Signer signer = isStolen
                ? Ed25519Signer.parse(Files.readAllLines(folder.resolve("keys/ledger-1.1.key")).getFirst())
                : Ed25519Signer.generate(origin.replace("epoch-1", epoch), new SecureRandom());
        var forged = new Checkpoint(signer.key().name(), sealed() + 1000, new TreeHasher().leaf(new byte[]{1}));
        byte[] note = new SignedNote(forged.text(), List.of()).signedBy(signer).encode();
        List<Path> files = List.of(folder.resolve("checkpoints/checkpoint.0"), folder.resolve("checkpoints/checkpoint.1"));
        List<byte[]> before = List.of(Files.readAllBytes(files.get(0)), Files.readAllBytes(files.get(1)));
        for (Path file : files) {
            Files.write(file, note);
        }
        JsonNode result = round();
        assertThat(result.path("state").asString()).as(what).isEqualTo("FAILED");
        assertThat(result.path("findings")).as(result.toString()).hasSize(1);
        assertThat(result.path("findings").path(0).path("check").asString()).isEqualTo("second-place");
        assertThat(result.path("findings").path(0).path("detail").asString()).contains(words);
        for (int i = 0; i < files.size(); i++) {
            Files.write(files.get(i), before.get(i));
        }
        good();
    }
}
