package io.promptaudit.server.trail;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What must be true of every trail, asked of its tables. */
final class SequenceChecks {
    private SequenceChecks() {}

    /** Every event has one position, positions count 1, 2, 3 …, and so do the sequence numbers of each aggregate from 0. */
    static void requireWhole(JdbcClient db) {
        long events = number(db, "select count(*) from domain_event");
        assertThat(number(db, "select count(*) from event_position")).as("positions").isEqualTo(events);
        assertThat(number(db, "select coalesce(max(position), 0) from event_position")).as("highest position").isEqualTo(events);
        List<String> holes = db.sql("""
                select aggregate_identifier from domain_event where type is not null
                group by aggregate_identifier having max(sequence_number) + 1 <> count(*)""").query(String.class).list();
        assertThat(holes).as("aggregates with a hole in their sequence").isEmpty();
    }

    private static long number(JdbcClient db, String sql) {
        return db.sql(sql).query(Long.class).single();
    }
}
