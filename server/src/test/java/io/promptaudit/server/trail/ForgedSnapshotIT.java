package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whoever can write the database can plant a snapshot in which an approval still stands: it decides nothing. */
class ForgedSnapshotIT {
    private static final String PROMPT = "/api/v1/prompts/clinical";
    private static final String DEPLOYMENT = "{\"version\":1,\"environment\":\"production\",\"reason\":\"n\"}";

    @TempDir
    private Path folder;

    @Test
    void neverDecides() throws SQLException {
        try (var server = start()) {
            server.account("wanda", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
            server.account("rita", "[{\"role\":\"reviewer\",\"prompts\":\"**\"}]");
            server.account("dan", "[{\"role\":\"deployer\",\"prompts\":\"**\",\"environments\":[\"production\"]}]");
            server.post("wanda", "/api/v1/prompts",
                    "{\"name\":\"clinical\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}");
            assertThat(server.post("rita", PROMPT + "/versions/1/approvals", "{}").status()).isEqualTo(201);
            server.post("wanda", PROMPT + "/versions/1/comments", "{\"text\":\"n\"}");
            await().atMost(Duration.ofSeconds(30)).until(() -> server.bean(JdbcClient.class)
                    .sql("select count(*) from snapshot_event").query(Long.class).single() > 0);
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

    private TestServer start() {
        return new TestServer(folder, "--promptaudit.prompts.snapshot-every=3");
    }

    private static void refusesToDeploy(TestServer server) {
        Answer answer = server.post("dan", PROMPT + "/deployments", DEPLOYMENT);
        assertThat(answer.at("rule")).as(answer.text()).isEqualTo("required-approvals");
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
