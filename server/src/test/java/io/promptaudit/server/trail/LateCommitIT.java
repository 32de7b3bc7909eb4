package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A transaction that stays open while others commit: Axon's own stream would forget its events after 60 seconds
 * (AxonFramework issue 4829). Held for as long as the property {@code promptaudit.hold-seconds} says; 61 beyond that time.
 */
class LateCommitIT {
    @TempDir
    Path folder;

    @Test
    void everyEventStillGetsItsPosition() throws Exception {
        Duration hold = Duration.ofSeconds(Integer.getInteger("promptaudit.hold-seconds", 3));
        try (var server = new TestServer(folder); Connection late = server.bean(DataSource.class).getConnection()) {
            server.account("erin", "[{\"role\":\"editor\",\"prompts\":\"**\"}]");
            late.setAutoCommit(false);
            // As old as an event can be that took its index long ago: Axon would pass it over at once.
            insert(late, "late-event", Instant.now().minus(Duration.ofMinutes(2)));
            Instant end = Instant.now().plus(hold);
            long before = 0;
            for (int i = 0; Instant.now().isBefore(end) || i < 20; i++) {
                before = server.post("erin", "/api/v1/prompts", """
                        {"name":"late/%d","type":"text","content":"x","note":"n"}""".formatted(i)).position();
                Thread.sleep(i < 20 ? 1 : 500);
            }
            assertThat(before).as("others were answered meanwhile").isGreaterThan(20);
            late.commit();

            var db = server.bean(JdbcClient.class);
            await().atMost(Duration.ofSeconds(30)).until(() -> db.sql("""
                    select count(*) from event_position p join domain_event e on e.global_index = p.global_index
                    where e.event_identifier = 'late-event'""").query(Long.class).single() == 1);
            long position = db.sql("""
                    select p.position from event_position p join domain_event e on e.global_index = p.global_index
                    where e.event_identifier = 'late-event'""").query(Long.class).single();
            assertThat(position).isGreaterThan(before);
            SequenceChecks.requireWhole(db);

            // Every view has it too: a read that asks for its position is answered.
            var entry = server.get("admin", "/api/v1/audit?limit=1", "Audit-Position", Long.toString(position));
            assertThat(entry.status()).isEqualTo(200);
            assertThat(entry.json().path("items").get(0).path("eventId").asString()).isEqualTo("late-event");
        }
    }

    private static void insert(Connection connection, String eventId, Instant at) throws Exception {
        try (PreparedStatement event = connection.prepareStatement("""
                insert into domain_event (event_identifier, aggregate_identifier, sequence_number, payload_type,
                        payload_revision, time_stamp, payload, meta_data) values (?, ?, 0, ?, '1', ?, ?, ?)""")) {
            event.setString(1, eventId);
            event.setString(2, eventId);
            event.setString(3, "io.promptaudit.api.event.CommandRefused");
            event.setString(4, at.toString());
            event.setBytes(5, """
                    {"command":"EditPrompt","target":"prompt:a","prompt":"a","rule":"stale-version","detail":"d"}"""
                    .getBytes(UTF_8));
            event.setBytes(6, "{\"account\":\"erin\",\"kind\":\"person\",\"roles\":\"editor\"}".getBytes(UTF_8));
            event.executeUpdate();
        }
    }
}
