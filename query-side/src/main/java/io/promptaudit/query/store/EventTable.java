package io.promptaudit.query.store;

import java.util.List;
import java.util.function.LongSupplier;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The event table as it is, for one prompt. An event without a position, or with one beyond the head, is
 * not known to be durable yet, so none is ever shown.
 */
final class EventTable {
    private static final String FROM = """
             from domain_event e join event_position p on p.global_index = e.global_index
            where e.aggregate_identifier = :id and p.position <= :head
            """;

    private final JdbcClient db;
    private final LongSupplier head;

    /** @param head the last position that is known to be durable */
    EventTable(JdbcClient db, LongSupplier head) {
        this.db = db;
        this.head = head;
    }

    /** The number of the prompt's last event, or -1 when it has none. */
    long last(String prompt) {
        return db.sql("select coalesce(max(e.sequence_number), -1)" + FROM).param("id", id(prompt))
                .param("head", head.getAsLong()).query(Long.class)
                .single();
    }

    /** How long the events after this one are, ascending. */
    List<Size> sizes(String prompt, long after, int limit) {
        return db
                .sql("select e.sequence_number, octet_length(e.payload) + octet_length(e.meta_data)" + FROM
                        + " and e.sequence_number > :after order by e.sequence_number limit :limit")
                .param("id", id(prompt)).param("head", head.getAsLong()).param("after", after).param("limit", limit)
                .query((row, _) -> new Size(row.getLong(1), row.getLong(2))).list();
    }

    /** How many bytes the payloads of the events up to this one have. */
    long bytes(String prompt, long last) {
        return db.sql("select coalesce(sum(octet_length(e.payload)), 0)" + FROM + " and e.sequence_number <= :last")
                .param("id", id(prompt)).param("head", head.getAsLong()).param("last", last).query(Long.class).single();
    }

    /** When each event was recorded, ascending. */
    List<Time> times(String prompt) {
        return db.sql("select e.sequence_number, e.time_stamp" + FROM + " order by e.sequence_number")
                .param("id", id(prompt)).param("head", head.getAsLong())
                .query((row, _) -> new Time(row.getLong(1), row.getString(2))).list();
    }

    /**
     * The events with these numbers, ascending. The row mapper finds {@code sequence_number}, {@code position},
     * {@code event_identifier}, {@code type}, {@code payload_type}, {@code payload_revision}, {@code time_stamp},
     * {@code payload} and {@code meta_data}.
     *
     * @param to the last number, inclusive
     */
    <T> List<T> rows(String prompt, long from, long to, RowMapper<T> mapper) {
        return db.sql("""
                select e.sequence_number, p.position, e.event_identifier, e.type, e.payload_type, e.payload_revision,
                       e.time_stamp, e.payload, e.meta_data
                """ + FROM + " and e.sequence_number between :from and :to order by e.sequence_number")
                .param("id", id(prompt)).param("head", head.getAsLong()).param("from", from).param("to", to).query(mapper).list();
    }

    /** The aggregate identifier of a prompt. */
    static String id(String prompt) {
        return "prompt:" + prompt;
    }

    /** The bytes that one event holds. */
    record Size(long sequence, long bytes) {}

    /** The time of one event, ISO-8601. */
    record Time(long sequence, String time) {}
}
