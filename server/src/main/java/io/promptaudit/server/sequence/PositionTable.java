package io.promptaudit.server.sequence;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.command.trail.Sequence.Positioned;

/** The positions in the database. */
final class PositionTable {
    private static final String EVENT = "e.global_index, e.event_identifier, e.time_stamp";

    private final JdbcTemplate db;
    private final TransactionTemplate transaction;

    PositionTable(JdbcTemplate db, TransactionTemplate transaction) {
        this.db = db;
        this.transaction = transaction;
    }

    long head() {
        return number("select coalesce(max(position), 0) from event_position");
    }

    /** The index of the newest event that has a position. */
    long highestIndex() {
        return number("select coalesce(max(global_index), 0) from event_position");
    }

    /** Every event without a position, wherever it stands: the anti-join that nothing can hide from. */
    List<Unplaced> everyUnplaced(int most) {
        return unplaced("select " + EVENT + """
                 from domain_event e left join event_position p on p.global_index = e.global_index
                where p.position is null order by e.global_index limit ?""", List.of(most));
    }

    /** The events behind {@code index}, and those that turned up in the gaps before it. */
    List<Unplaced> unplacedAfter(long index, Collection<Long> gaps, int most) {
        var parameters = new ArrayList<Object>();
        parameters.add(index);
        String inGaps = "";
        if (!gaps.isEmpty()) {
            inGaps = " or e.global_index in (" + String.join(",", Collections.nCopies(gaps.size(), "?")) + ")";
            parameters.addAll(gaps);
        }
        parameters.add(most);
        return unplaced("select " + EVENT + """
                 from domain_event e left join event_position p on p.global_index = e.global_index
                where p.position is null and (e.global_index > ?""" + inGaps + ") order by e.global_index limit ?", parameters);
    }

    /**
     * Gives the events the next positions, in this order, and the ledger their leaves: both or neither. Two sequencers cannot
     * give the same one: one of them fails.
     */
    void place(List<Unplaced> events, long first, Ledger ledger) {
        transaction.executeWithoutResult(status -> {
            insert(events, first);
            ledger.append(events, first);
        });
    }

    private void insert(List<Unplaced> events, long first) {
        db.batchUpdate("insert into event_position (position, global_index) values (?, ?)",
                new BatchPreparedStatementSetter() {
                    @Override
                    public void setValues(PreparedStatement row, int i) throws SQLException {
                        row.setLong(1, first + i);
                        row.setLong(2, events.get(i).index());
                    }

                    @Override
                    public int getBatchSize() {
                        return events.size();
                    }
                });
    }

    Optional<Positioned> find(String eventId, long head) {
        return db.query("""
                select p.position, e.time_stamp from domain_event e join event_position p on p.global_index = e.global_index
                where e.event_identifier = ? and p.position <= ?""",
                (row, n) -> new Positioned(row.getLong(1), Instant.parse(row.getString(2))), eventId, head).stream().findFirst();
    }

    Optional<Instant> timeOfNewest() {
        return db.query("""
                select e.time_stamp from domain_event e where e.global_index = (select max(global_index) from domain_event)""",
                (row, n) -> Instant.parse(row.getString(1))).stream().findFirst();
    }

    private List<Unplaced> unplaced(String sql, List<?> parameters) {
        return db.query(sql, (row, n) -> new Unplaced(row.getLong(1), row.getString(2), Instant.parse(row.getString(3))),
                parameters.toArray());
    }

    private long number(String sql) {
        Long number = db.queryForObject(sql, Long.class);
        return number == null ? 0 : number;
    }
}
