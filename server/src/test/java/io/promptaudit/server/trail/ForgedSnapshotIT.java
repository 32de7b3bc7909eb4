package io.promptaudit.server.trail;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whoever can write the database can plant a snapshot in which an approval stands that does not: it decides nothing. */
class ForgedSnapshotIT {
    private static final String PROMPT = "/api/v1/prompts/clinical";
    private static final String DEPLOYMENT = "{\"version\":1,\"environment\":\"production\",\"reason\":\"n\"}";

    @TempDir
    private Path folder;

    @Test
    void neverDecides() throws SQLException {
        try (var server = start()) {
            begin(server);
            assertThat(server.post("rita", PROMPT + "/versions/1/approvals", "{}").status()).isEqualTo(201);
            server.post("wanda", PROMPT + "/versions/1/comments", "{\"text\":\"n\"}");
            awaitSnapshot(server);
            assertThat(server.post("rita", PROMPT + "/versions/1/revocations", "{\"reason\":\"n\"}").status()).isEqualTo(201);
            refusesToDeploy(server);
        }
        plantTheApproval();
        try (var server = start()) {
            refusesToDeploy(server);
            assertThat(server.post("rita", PROMPT + "/versions/1/approvals", "{}").status()).isEqualTo(201);
            assertThat(server.post("dan", PROMPT + "/deployments", DEPLOYMENT).status()).isEqualTo(201);
        }
    }

    /** The newest snapshot says of an approval that nobody gave, under the code that it had or another. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anApprovalThatNobodyGaveIsRefusedOnRecord(boolean keepsItsCode) throws SQLException {
        try (var server = start()) {
            begin(server);
            for (int i = 0; i < 2; i++) {
                server.post("wanda", PROMPT + "/versions/1/comments", "{\"text\":\"n\"}");
            }
            awaitSnapshot(server);
            refusesToDeploy(server);
        }
        forgeAnApproval(keepsItsCode);
        try (var server = start()) {
            Answer refused = refusesToDeploy(server);
            assertThat(newestSnapshot(server)).as("what the server could read").contains("\"event\":\"forged\"");
            JsonNode told = server.get("admin", "/api/v1/audit?outcome=refused&limit=1", "Audit-Position",
                    refused.at("position")).json().path("items").path(0);
            assertThat(told.path("eventId").asString()).as(told.toString()).isEqualTo(refused.at("eventId"));
            assertThat(told.path("actor").asString()).isEqualTo("dan");
        }
    }

    private static void begin(TestServer server) {
        server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
        server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
        server.account("dan", "[{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":[\"production\"]}]");
        server.post("wanda", "/api/v1/prompts",
                "{\"name\":\"clinical\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}");
    }

    private static void awaitSnapshot(TestServer server) {
        await().atMost(Duration.ofSeconds(30)).until(() -> server.bean(JdbcClient.class)
                .sql("select count(*) from snapshot_event").query(Long.class).single() > 0);
    }

    private static String newestSnapshot(TestServer server) {
        byte[] payload = server.bean(JdbcClient.class).sql("select payload from snapshot_event order by sequence_number desc"
                + " limit 1").query(byte[].class).single();
        return new String(payload, StandardCharsets.UTF_8);
    }

    private void forgeAnApproval(boolean keepsItsCode) throws SQLException {
        try (var owner = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("trail"), "OWNER", "");
                var statement = owner.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
                var rows = statement.executeQuery("select * from snapshot_event order by sequence_number desc")) {
            assertThat(rows.next()).isTrue();
            String genuine = new String(rows.getBytes("payload"), StandardCharsets.UTF_8);
            String forged = genuine.replaceFirst("\"digest\"",
                    "\"approvals\":[{\"event\":\"forged\",\"by\":{\"account\":\"rita\"}}],\"digest\"");
            assertThat(forged).isNotEqualTo(genuine);
            String planted = keepsItsCode
                    ? forged
                    : forged.replaceFirst("\"mac\":\"[0-9a-f]{64}\"", "\"mac\":\"" + "0123456789abcdef".repeat(4) + "\"");
            assertThat(planted.equals(forged)).isEqualTo(keepsItsCode);
            rows.updateBytes("payload", planted.getBytes(StandardCharsets.UTF_8));
            rows.updateRow();
        }
    }

    private TestServer start() {
        return new TestServer(folder, "--promptaudit.prompts.snapshot-every=3");
    }

    private static Answer refusesToDeploy(TestServer server) {
        Answer answer = server.post("dan", PROMPT + "/deployments", DEPLOYMENT);
        assertThat(answer.at("rule")).as(answer.text()).isEqualTo("required-approvals");
        return answer;
    }

    /** The newest snapshot that knows the approval, and not that it was taken back, becomes the one of the newest event. */
    private void plantTheApproval() throws SQLException {
        try (var owner = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("trail"), "OWNER", "");
                var statement = owner.createStatement()) {
            assertThat(statement.executeUpdate("delete from snapshot_event where sequence_number > 2")).isZero();
            assertThat(statement.executeUpdate("""
                    update snapshot_event set sequence_number = (select max(e.sequence_number) from domain_event e
                        where e.aggregate_identifier = snapshot_event.aggregate_identifier)
                    where aggregate_identifier = 'prompt:clinical'""")).isOne();
        }
    }
}
