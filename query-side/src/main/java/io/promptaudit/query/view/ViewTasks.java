package io.promptaudit.query.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.api.query.ProjectionView;

/**
 * Who rebuilds or compares a view: one at a time among all nodes. A lease ends when it is given back, or a minute after the last
 * sign of life of a process that died.
 */
@Component
class ViewTasks {
    static final Duration LEASE = Duration.ofSeconds(60);

    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final String owner = UUID.randomUUID().toString();
    private volatile boolean stopped;

    ViewTasks(JdbcClient db, PlatformTransactionManager transactions) {
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        // On its own: a query handler runs in a transaction, and the job it starts must find the lease taken.
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private record Lease(@Nullable OffsetDateTime beat, OffsetDateTime now) {
        boolean free() {
            return beat == null || beat.plus(LEASE).isBefore(now);
        }
    }

    private static Lease lease(ResultSet row, int column) throws SQLException {
        return new Lease(row.getObject(column, OffsetDateTime.class), row.getObject(column + 1, OffsetDateTime.class));
    }

    /** What is on record of a view's tasks. */
    record Report(@Nullable String task, ProjectionView.@Nullable Rebuild rebuild,
            ProjectionView.@Nullable Reconciliation reconciliation) {}

    /** Takes the lease, if nobody holds it. */
    boolean claim(String view, String task) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var lease = db.sql("select beat, current_timestamp from view_task where view = ? for update").param(view)
                    .query((row, _) -> lease(row, 1)).single();
            if (!lease.free()) {
                return false;
            }
            db.sql("update view_task set task = ?, owner = ?, beat = current_timestamp where view = ?").param(task).param(owner)
                    .param(view).update();
            return true;
        }));
    }

    /**
     * Shows that the work goes on.
     *
     * @throws CancellationException when the server stops, or the lease is no longer ours
     */
    void beat(String view) {
        int held = db.sql("update view_task set beat = current_timestamp where view = ? and owner = ?").param(view).param(owner)
                .update();
        if (stopped || held == 0) {
            throw new CancellationException("the work on the view " + view + " ends");
        }
    }

    void release(String view) {
        db.sql("update view_task set task = null, owner = null, beat = null where view = ? and owner = ?").param(view)
                .param(owner).update();
    }

    /** Ends the work at its next sign of life. Threads are not interrupted: that would close the database's file. */
    void stop() {
        stopped = true;
    }

    void resume() {
        stopped = false;
    }

    void report(String view, ProjectionView.Rebuild rebuild) {
        transaction.executeWithoutResult(_ -> db.sql("update view_task set rebuild = ? where view = ?")
                .param(Json.write(rebuild)).param(view).update());
    }

    void report(String view, ProjectionView.Reconciliation reconciliation) {
        transaction.executeWithoutResult(_ -> db.sql("update view_task set reconciliation = ? where view = ?")
                .param(Json.write(reconciliation)).param(view).update());
    }

    Report read(String view) {
        return db.sql("select task, beat, current_timestamp, rebuild, reconciliation from view_task where view = ?").param(view)
                .query((row, _) -> new Report(lease(row, 2).free() ? null : row.getString(1),
                        Json.readOrNull(row.getString(4), ProjectionView.Rebuild.class),
                        Json.readOrNull(row.getString(5), ProjectionView.Reconciliation.class)))
                .single();
    }
}
