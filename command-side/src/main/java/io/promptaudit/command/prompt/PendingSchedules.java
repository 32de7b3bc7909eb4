package io.promptaudit.command.prompt;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.command.trail.Actor;

/**
 * When which schedule is due: one row for each, written and removed in the transaction of the event that makes or ends it. The
 * rows only say where to look; what a schedule is, the prompt's events say.
 */
public final class PendingSchedules {
    private final JdbcClient db;

    /** Keeps the rows in the table {@code pending_schedule}. */
    public PendingSchedules(JdbcClient db) {
        this.db = db;
    }

    /** A schedule whose moment has come. */
    record Due(String schedule, String prompt, Instant at, String account, @Nullable String onBehalfOf) {}

    void add(String schedule, String prompt, Instant at, Actor by) {
        db.sql("insert into pending_schedule (schedule, prompt, due, account_id, on_behalf_of) values (?, ?, ?, ?, ?)")
                .param(schedule).param(prompt).param(at.atOffset(ZoneOffset.UTC)).param(by.account()).param(by.onBehalfOf())
                .update();
    }

    void remove(String schedule) {
        db.sql("delete from pending_schedule where schedule = ?").param(schedule).update();
    }

    /** Those due by this moment, the longest due first. */
    List<Due> dueBy(Instant moment, int most) {
        return db.sql("""
                select schedule, prompt, due, account_id, on_behalf_of from pending_schedule where due <= ?
                order by due, schedule fetch first %d rows only""".formatted(most)).param(moment.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Due(row.getString(1), row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant(), row.getString(4), row.getString(5)))
                .list();
    }
}
