package io.promptaudit.server.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.MalformedInput;
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

    abstract static class Contract {
        @TempDir
        Path folder;
        private Target target;
        private TestServer server;
        private Auditor auditor;
        /** An approval, and its prompt's first version. */
        private String approval;
        private String version;

        abstract Target target(Path data) throws IOException, SQLException;

        @BeforeEach
        void makeATrail() throws IOException, SQLException {
            target = target(folder.resolve("data"));
            server = target.start(folder.resolve("data"));
            server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
            server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
            server.account("dora", "[{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":[\"production\"]}]");
            version = write("one").at("eventId");
            approval = server.post("rita", "/api/v1/prompts/one/versions/1/approvals", "{\"comment\":\"read\"}").at("eventId");
            Answer deployed = deploy();
            assertThat(deployed.status()).as(deployed.text()).isEqualTo(201);
            auditor = Auditor.of(server, deployed);
            Findings before = auditor.verify(server, folder);
            assertThat(before.verdict()).as(before.first().toString()).isEqualTo(Verdict.GOOD);
        }

        @AfterEach
        void stop() throws IOException {
            server.close();
            target.close();
        }

        private Answer write(String name) {
            return server.post("wanda", "/api/v1/prompts",
                    "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"take one pill\",\"note\":\"n\"}".formatted(name));
        }

        private Answer deploy() {
            return server.post("dora", "/api/v1/prompts/one/deployments",
                    "{\"version\":1,\"environment\":\"production\",\"reason\":\"n\"}");
        }

        private void attack(String... statements) throws SQLException {
            try (Connection superuser = target.asSuperuser(); var statement = superuser.createStatement()) {
                for (String sql : statements) {
                    assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
                }
            }
        }

        private void restart() {
            server.close();
            server = target.start(folder.resolve("data"));
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
                Forgery.signAgain(superuser, folder.resolve("data/keys/ledger-1.1.key"), forged);
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
            // A pack is broken off where it would have to hold the event.
            assertThatExceptionOfType(MalformedInput.class).isThrownBy(() -> auditor.verify(server, folder));
            restart();
            refusesToWrite("");
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
            server = target.start(folder.resolve("data"));
            refusesToWrite("set back");
            assertThat(later.policy()).isNotNull();
        }

        @Test
        void aDumpThatIsPutBackIsNotGoneOnWith() throws SQLException, IOException {
            server.close();
            target.dump();
            server = target.start(folder.resolve("data"));
            Answer lost = write("lost");
            assertThat(lost.status()).isEqualTo(201);
            server.close();
            target.restore();
            server = target.start(folder.resolve("data"));
            refusesToWrite("set back");
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
            assertThat(Files.exists(folder.resolve("data/checkpoints"))).isTrue();
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
                Forgery.signAgain(superuser, folder.resolve("data/keys/ledger-1.1.key"), fork);
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
