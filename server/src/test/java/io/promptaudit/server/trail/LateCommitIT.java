package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.server.ledger.EventMac;

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
            EventRow.of("late-event", "late-event", 0, null, "CommandRefused", Instant.now().minus(Duration.ofMinutes(2)), """
                    {"command":"EditPrompt","target":"prompt:a","prompt":"a","rule":"stale-version","detail":"d"}""", "erin")
                    .insert(late, server.bean(EventMac.class));
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
}
