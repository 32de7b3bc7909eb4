package io.promptaudit.server.trail;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.command.prompt.DueSchedules;
import io.promptaudit.server.ledger.EventMac;
import io.promptaudit.server.trail.TestServer.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The same server on PostgreSQL: an owner that migrates, and a runtime user that appends events and never changes them. */
class PostgresIT {
    private static final String PROMPT = "/api/v1/prompts/clinical%2Fintake";

    @TempDir
    static Path folder;
    private static EmbeddedPostgres postgres;
    private static TestServer server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        try (var superuser = postgres.getPostgresDatabase().getConnection(); var statement = superuser.createStatement()) {
            statement.execute("create role keeper login password 'keeps'");
            statement.execute("create role app login password 'runs'");
            statement.execute("create database trail owner keeper");
        }
        server = start(folder);
        EveryWrite.accounts(server);
    }

    private static TestServer start(Path data) {
        String url = postgres.getJdbcUrl("app", "trail").replaceAll("\\?.*", "");
        return new TestServer(data, "--spring.datasource.url=" + url, "--spring.datasource.username=app",
                "--spring.datasource.password=runs", "--spring.flyway.url=" + url, "--spring.flyway.user=keeper",
                "--spring.flyway.password=keeps");
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            SequenceChecks.requireWhole(server.bean(JdbcClient.class));
        } finally {
            server.close();
            postgres.close();
        }
    }

    @Test
    void everyWriteIsTakenAndTold() {
        var answers = EveryWrite.sendAll(server);
        answers.forEach((write, first) -> assertThat(write.send(server, "Idempotency-Key", write.name()).json())
                .as(write.name()).isEqualTo(EveryWrite.repeated(first)));
        var position = Long.toString(server.head());
        for (String read : List.of("", "/versions", "/versions/2", "/versions/2/comments", "/diff?from=1&to=2", "/deployments",
                "/history", "/events", "/replay")) {
            Answer answer = server.get("admin", PROMPT + read, "Audit-Position", position);
            assertThat(answer.status()).as(read + answer.text()).isEqualTo(200);
        }
        for (String read : List.of("prompts?q=INTAKE&tag=x&folder=clinical&state=DRAFT&environment=lab", "audit?q=lab",
                "approvals", "emergencies", "environments", "environments/lab/active", "environments/lab/policy", "accounts",
                "accounts/temp", "me", "projections", "audit?outcome=refused&from=2026-01-01T00:00:00Z")) {
            Answer answer = server.get("admin", "/api/v1/" + read, "Audit-Position", position);
            assertThat(answer.status()).as(read + answer.text()).isEqualTo(200);
        }
        assertThat(server.send("admin", "GET", "/api/v1/events", null, "Accept", "application/json").json().path("items"))
                .isNotEmpty();
        String emergency = answers.entrySet().stream().filter(e -> e.getKey().name().equals("emergency")).findFirst()
                .orElseThrow().getValue().at("recordedAt");
        assertThat(server.get("admin", PROMPT + "/active?environment=lab&at=" + emergency).at("version")).isEqualTo("2");
        assertThat(server.get("admin", PROMPT + "/active?environment=lab").problem()).isEqualTo("never-active");
    }

    @Test
    void refusesOnRecord() {
        Answer refused = server.post("rita", "/api/v1/prompts", prompt("refused"), "Idempotency-Key", "refused");
        assertThat(refused.at("rule")).isEqualTo("missing-grant");
        assertThat(server.post("rita", "/api/v1/prompts", prompt("refused"), "Idempotency-Key", "refused").at("eventId"))
                .isEqualTo(refused.at("eventId"));
        assertThat(server.after(refused, "admin", "/api/v1/audit?outcome=refused&limit=1").json().path("items").get(0)
                .path("eventId").asString()).isEqualTo(refused.at("eventId"));
    }

    @Test
    void aWriterThatLosesTheNextNumberIsDecidedAnew() throws Exception {
        server.post("wanda", "/api/v1/prompts", prompt("race/comment"));
        Answer answer = behind("race/comment", 1, "PromptCommented",
                "{\"prompt\":\"race/comment\",\"version\":1,\"text\":\"first\"}",
                () -> server.post("wanda", "/api/v1/prompts/race%2Fcomment/versions",
                        "{\"basedOn\":1,\"content\":\"two\",\"note\":\"n\"}"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(server.get("wanda", "/api/v1/prompts/race%2Fcomment/replay").at("sequence")).isEqualTo("2");
    }

    @Test
    void aWriterThatLosesTheNextVersionIsRefused() throws Exception {
        server.post("wanda", "/api/v1/prompts", prompt("race/edit"));
        String digest = server.get("wanda", "/api/v1/prompts/race%2Fedit/replay").json().path("versions").get(0).path("digest")
                .asString();
        Answer answer = behind("race/edit", 1, "PromptEdited", """
                {"prompt":"race/edit","version":2,"basedOn":1,"type":"text","content":"y","config":{},"note":"n","digest":"%s"}"""
                .formatted(digest),
                () -> server.post("wanda", "/api/v1/prompts/race%2Fedit/versions",
                        "{\"basedOn\":1,\"content\":\"two\",\"note\":\"n\"}"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.at("rule")).isEqualTo("stale-version");
    }

    @Test
    void aWriterThatLosesTheNameIsRefused() throws Exception {
        Answer answer = behind("race/new", 0, "PromptCreated", """
                {"prompt":"race/new","type":"text","content":"y","config":{},"note":"n","digest":"sha256:%s","tags":[]}"""
                .formatted("0".repeat(64)), () -> server.post("wanda", "/api/v1/prompts", prompt("race/new")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.at("rule")).isEqualTo("prompt-exists");
    }

    @Test
    void twoNodesExecuteAScheduleOnce() throws Exception {
        try (var other = start(folder)) {
            for (int n = 0; n < 20; n++) {
                server.post("wanda", "/api/v1/prompts", prompt("node/" + n));
                Answer made = server.post("wanda", "/api/v1/prompts/node%2F" + n + "/schedules", """
                        {"version":1,"environment":"staging","at":"%s","reason":"n"}""".formatted(Instant.now().plusMillis(300)));
                assertThat(made.status()).as(made.text()).isEqualTo(201);
            }
            Thread.sleep(300);
            var both = List.of(server, other).stream()
                    .map(node -> CompletableFuture.runAsync(() -> node.bean(DueSchedules.class).execute())).toList();
            both.forEach(CompletableFuture::join);
        }
        for (int n = 0; n < 20; n++) {
            List<String> types = server.bean(JdbcClient.class).sql("""
                    select payload_type from domain_event where aggregate_identifier = ? order by sequence_number""")
                    .param("prompt:node/" + n).query(String.class).list();
            assertThat(types).containsExactly("io.promptaudit.api.event.PromptCreated",
                    "io.promptaudit.api.event.DeploymentScheduled", "io.promptaudit.api.event.PromptDeployed");
        }
        assertThat(server.bean(JdbcClient.class).sql("select count(*) from pending_schedule").query(Long.class).single())
                .isZero();
    }

    @Test
    void theRuntimeUserCanNeitherChangeNorRemoveEvents() {
        var db = server.bean(JdbcClient.class);
        assertThat(db.sql("select current_user").query(String.class).single()).isEqualTo("app");
        for (String forbidden : List.of("update domain_event set payload_type = 'x'", "delete from domain_event",
                "truncate domain_event", "drop table domain_event", "alter table domain_event add x int",
                "update event_position set position = 0", "delete from event_position", "truncate event_position",
                "update answer set event_id = 'x'", "create table mine (x int)", "update environment_name set name = 'x'",
                "alter table domain_event disable trigger all", "delete from flyway_schema_history")) {
            assertThatThrownBy(() -> db.sql(forbidden).update()).as(forbidden).hasRootCauseInstanceOf(SQLException.class)
                    .rootCause().extracting(cause -> ((SQLException) cause).getSQLState()).as(forbidden).isEqualTo("42501");
        }
    }

    /** The answer to a request that has to wait for another writer's event, and then meets it. */
    private static Answer behind(String prompt, long sequence, String type, String payload, Supplier<Answer> request)
            throws Exception {
        try (Connection other = server.bean(DataSource.class).getConnection()) {
            other.setAutoCommit(false);
            insert(other, "prompt:" + prompt, sequence, type, payload);
            var answer = CompletableFuture.supplyAsync(request);
            var db = server.bean(JdbcClient.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> db.sql("select count(*) from pg_locks where not granted")
                    .query(Long.class).single() > 0);
            other.commit();
            other.setAutoCommit(true);
            return answer.get();
        }
    }

    private static void insert(Connection connection, String aggregate, long sequence, String type, String payload)
            throws SQLException {
        EventRow.of(UUID.randomUUID().toString(), aggregate, sequence, "Prompt", type, Instant.now(), payload, "other")
                .insert(connection, server.bean(EventMac.class));
    }

    private static String prompt(String name) {
        return "{\"name\":\"%s\",\"type\":\"text\",\"content\":\"x\",\"note\":\"n\"}".formatted(name);
    }
}
