package io.promptaudit.server.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.Verdict;
import io.promptaudit.server.trail.EventRow;
import io.promptaudit.server.trail.TestServer;
import io.promptaudit.server.trail.TestServer.Answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Instant.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Each attack is made with every right there is in the database, and named by what finds it; docs/threats.md has the table. */
class AttacksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract {
        @TempDir
        static Path folder;
        private Target target;
        private TestServer server;
        private Auditor auditor;
        /** An approval, and its prompt's first version. */
        private String approval;
        private String version;

        abstract Target target(Path data) throws IOException, SQLException;

        @BeforeAll
        void makeATrail() throws IOException, SQLException {
            target = target(data());
            server = target.start(data());
            server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
            server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
            server.account("dora", "[{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":[\"production\"]}]");
            version = write("one").at("eventId");
            approval = server.post("rita", "/api/v1/prompts/one/versions/1/approvals", "{\"comment\":\"read\"}").at("eventId");
            Answer deployed = server.post("dora", "/api/v1/prompts/one/deployments",
                    "{\"version\":1,\"environment\":\"production\",\"reason\":\"n\"}");
            assertThat(deployed.status()).as(deployed.text()).isEqualTo(201);
            auditor = Auditor.of(server, deployed);
            Findings before = auditor.verify(server, folder);
            assertThat(before.verdict()).as(before.first().toString()).isEqualTo(Verdict.GOOD);
            server.close();
            target.dump();
            copy(checkpoints(), folder.resolve("kept"));
        }

        @BeforeEach
        void start() {
            server = target.start(data());
        }

        @AfterEach
        void undo() throws IOException, SQLException {
            server.close();
            target.restore();
            FileSystemUtils.deleteRecursively(checkpoints());
            copy(folder.resolve("kept"), checkpoints());
        }

        @AfterAll
        void stop() throws IOException {
            target.close();
        }

        private static void copy(Path from, Path to) throws IOException {
            FileSystemUtils.copyRecursively(from, to);
        }

        private Path data() {
            return folder.resolve("data");
        }

        private Path checkpoints() {
            return data().resolve("checkpoints");
        }

        private Answer write(String name) {
            return server.post("wanda", "/api/v1/prompts",
                    "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"take one pill\",\"note\":\"n\"}".formatted(name));
        }

        private void attack(String... statements) throws SQLException {
            try (Connection superuser = target.asSuperuser(); var statement = superuser.createStatement()) {
                for (String sql : statements) {
                    assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
                }
            }
        }

        private Path key() {
            return data().resolve("keys/ledger-1.1.key");
        }

        private void restart() {
            server.close();
            server = target.start(data());
        }

        private void refusesToWrite(String because) {
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).untilAsserted(() -> {
                Answer refused = write("after");
                assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                assertThat(refused.at("detail")).contains(because);
            });
            assertThat(server.get("admin", "/actuator/health").status()).isEqualTo(503);
            assertThat(server.get("wanda", "/api/v1/prompts/one").status()).as("reads go on").isEqualTo(200);
        }

        /** One byte of what a version says, of who did it, and of when. */
        @Test
        void anEditedEventContradictsItsEntry() throws SQLException {
            attack("update domain_event set payload = %s where event_identifier = '%s'".formatted(replaced("payload", "one pill",
                    "two pill"), version));
            auditor.contradicts(server, folder, "entry", version);
            attack("update domain_event set payload = %s where event_identifier = '%s'".formatted(replaced("payload", "two pill",
                    "one pill"), version),
                    "update domain_event set meta_data = %s where event_identifier = '%s'".formatted(replaced("meta_data", "rita",
                            "dora"), approval));
            auditor.contradicts(server, folder, "entry", approval);
            attack("update domain_event set meta_data = %s where event_identifier = '%s'".formatted(replaced("meta_data", "dora",
                    "rita"), approval),
                    "update domain_event set time_stamp = '2020-01-01T00:00:00Z' where event_identifier = '%s'"
                            .formatted(approval));
            auditor.contradicts(server, folder, "entry", approval);
        }

        /** What replaces a text in a column of bytes. */
        abstract String replaced(String column, String from, String to);

        @Test
        void anEditedEventWithALeafMadeToFitContradictsTheTree() throws SQLException, IOException {
            try (Connection superuser = target.asSuperuser()) {
                Forgery.edit(superuser, version, "one pill", "two pill");
            }
            Findings found = auditor.verify(server, folder);
            assertThat(found.verdict()).isEqualTo(Verdict.CONTRADICTED);
            assertThat(found.first().toString()).contains("root");
            restart();
            refusesToWrite("another root");
        }

        @Test
        void aTreeMadeToFitContradictsWhatWasSigned() throws SQLException, IOException {
            try (Connection superuser = target.asSuperuser()) {
                Forgery.edit(superuser, version, "one pill", "two pill");
                Forgery.fitRoots(superuser);
            }
            assertThat(auditor.verify(server, folder).verdict()).isEqualTo(Verdict.CONTRADICTED);
            restart();
            refusesToWrite("not those that were signed");
        }

        /** Only who kept something from before finds this. */
        @Test
        void aLedgerSignedAgainWithTheStolenKeyContradictsReceiptsAndCheckpoints() throws SQLException, IOException {
            Path forged = folder.resolve("forged");
            try (Connection superuser = target.asSuperuser()) {
                Forgery.edit(superuser, version, "one pill", "two pill");
                Forgery.signAgain(superuser, key(), forged);
            }
            assertThat(Forgery.verify(forged, auditor.policy()).findings().verdict()).as("by itself it is flawless")
                    .isEqualTo(Verdict.GOOD);
            var withReceipt = Forgery.verify(forged, auditor.policy());
            withReceipt.verifyReceipt("receipt", auditor.receipt()::toArray);
            assertThat(withReceipt.findings().verdict()).isEqualTo(Verdict.CONTRADICTED);
            var withCheckpoint = Forgery.verify(forged, auditor.policy());
            withCheckpoint.verifySince(auditor.checkpoint().toArray());
            assertThat(withCheckpoint.findings().first().toString()).contains("what was recorded has been changed");
            var otherKey = Forgery.verify(Forgery.signedWithAnotherKey(forged, folder.resolve("other")), auditor.policy());
            assertThat(otherKey.findings().verdict()).isEqualTo(Verdict.CONTRADICTED);
        }

        @Test
        void aDeletedEventIsMissed() throws SQLException {
            attack("delete from event_position where global_index = (select global_index from domain_event where"
                    + " event_identifier = '" + approval + "')",
                    "delete from domain_event where event_identifier = '" + approval + "'");
            Findings found = auditor.verify(server, folder);
            assertThat(found.verdict()).isEqualTo(Verdict.CONTRADICTED);
            assertThat(found.first().toString()).contains(approval, "not in the pack");
            server.post("admin", "/api/v1/ledger/verification", "");
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).untilAsserted(() -> assertThat(
                    server.get("admin", "/api/v1/ledger/verification").at("state")).isEqualTo("FAILED"));
        }

        /** The newest events with everything that belongs to them. */
        @Test
        void aTailThatIsCutOffIsMissed() throws SQLException, IOException {
            long size = server.head();
            Answer last = write("last");
            Auditor later = Auditor.of(server, last);
            server.close();
            attack("delete from ledger_leaf where leaf_index >= " + size, "delete from ledger_checkpoint where size > " + size,
                    "delete from event_position where position > " + size,
                    "delete from domain_event where event_identifier = '" + last.at("eventId") + "'");
            Path forged = folder.resolve("cut");
            try (Connection superuser = target.asSuperuser()) {
                Forgery.signAgain(superuser, key(), forged);
            }
            var withReceipt = Forgery.verify(forged, later.policy());
            withReceipt.verifyReceipt("receipt", later.receipt()::toArray);
            // A copy from before would be as short.
            assertThat(withReceipt.findings().verdict()).isEqualTo(Verdict.INCOMPLETE);
            server = target.start(data());
            refusesToWrite("set back");
        }

        @Test
        void aDumpThatIsPutBackIsNotGoneOnWith() throws SQLException, IOException {
            assertThat(write("lost").status()).isEqualTo(201);
            server.close();
            target.restore();
            server = target.start(data());
            refusesToWrite("set back");
        }

        /** Everything fits in the tables; only this process and the second place remember. */
        @Test
        void aHistoryRewrittenUnderTheRunningServerIsNotSigned() throws Exception {
            try (Connection superuser = target.asSuperuser(); Connection blocking = target.asSuperuser()) {
                Forgery.edit(superuser, version, "one pill", "two pill");
                Forgery.fitRoots(superuser);
                blocking.setAutoCommit(false);
                Forgery.occupyNextPosition(blocking);
                Thread writer = Thread.ofVirtual().start(() -> write("during"));
                target.endWhatWaits(superuser);
                await().dontCatchUncaughtExceptions().atMost(PATIENCE)
                        .until(() -> server.get("admin", "/actuator/health").at("status").equals("DOWN"));
                blocking.rollback();
                writer.join();
            }
            refusesToWrite("are not those that were there before");
            // The second place was not overwritten.
            restart();
            refusesToWrite("not those that were signed");
        }

        /** Whoever can write the second place can stop the server, and not have it say that all is well. */
        @Test
        void aCheckpointPlantedInTheSecondPlaceStopsWrites() throws IOException {
            SignedNote kept = SignedNote.parse(auditor.checkpoint().toArray());
            Checkpoint checkpoint = Checkpoint.parse(kept.text());
            var larger = new Checkpoint(checkpoint.origin(), checkpoint.size() + 1000, checkpoint.root());
            Files.write(checkpoints().resolve("checkpoint.0"), new SignedNote(larger.text(), kept.signatures()).encode());
            Answer unsealed = write("unsealed");
            assertThat(unsealed.status()).as(unsealed.text()).isIn(202, 503);
            refusesToWrite("is not good");
        }

        @Test
        void swappedPositionsContradictTheirEntries() throws SQLException {
            try (Connection superuser = target.asSuperuser()) {
                Forgery.swap(superuser, version, approval);
            }
            Findings found = auditor.verify(server, folder);
            assertThat(found.verdict()).isEqualTo(Verdict.CONTRADICTED);
            assertThat(found.first().toString()).containsAnyOf(version, approval);
        }

        /** An approval by somebody who never gave it, dated back, without a position, with one, and with a leaf and a root too. */
        @Test
        void anInsertedEventGetsNoPlace() throws SQLException, IOException {
            write("two");
            var forged = EventRow.of("forged", "prompt:two", 1, "Prompt", "PromptApproved", now().minus(Duration.ofDays(9)),
                    "{\"prompt\":\"two\",\"version\":1}", "rita");
            try (Connection superuser = target.asSuperuser()) {
                forged.insert(superuser, "no code of the server's, 32 byte".getBytes(UTF_8));
            }
            refusesToWrite("the event forged was not written by this server");
            try (Connection superuser = target.asSuperuser()) {
                Forgery.place(superuser, forged.event());
            }
            restart();
            refusesToWrite("the event forged was not written by this server");
            assertThat(Files.exists(checkpoints())).isTrue();
        }

        /** Two trees of one size: the database takes one root, and two checkpoints are proof of the other. */
        @Test
        void aSecondTreeOfTheSameSizeIsRefusedAndProvable() throws SQLException, IOException {
            try (Connection superuser = target.asSuperuser(); var statement = superuser.createStatement()) {
                long size = server.head();
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.execute("insert into ledger_checkpoint (size, root) select " + size
                                + ", hash from ledger_leaf where leaf_index = 0"))
                        .satisfies(refused -> assertThat(refused.getSQLState()).startsWith("23"));
                Path fork = folder.resolve("fork");
                Forgery.edit(superuser, version, "one pill", "two pill");
                Forgery.signAgain(superuser, key(), fork);
                var verification = Forgery.verify(fork, auditor.policy());
                verification.verifySince(auditor.checkpoint().toArray());
                assertThat(verification.findings().verdict()).isEqualTo(Verdict.CONTRADICTED);
            }
        }
    }

    @Nested
    class OnH2 extends Contract {
        @Override
        Target target(Path data) {
            return new H2Target(data);
        }

        @Override
        String replaced(String column, String from, String to) {
            return "cast(stringtoutf8(replace(utf8tostring(%s), '%s', '%s')) as blob)".formatted(column, from, to);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        @Override
        Target target(Path data) throws IOException, SQLException {
            return new PostgresTarget();
        }

        @Override
        String replaced(String column, String from, String to) {
            return "convert_to(replace(convert_from(%s, 'UTF8'), '%s', '%s'), 'UTF8')".formatted(column, from, to);
        }
    }
}
