package io.promptaudit.query.deployments;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.query.DebtState;
import io.promptaudit.api.query.DeploymentView;
import io.promptaudit.query.view.Columns;
import io.promptaudit.query.view.Where;

/** The emergency deployments that somebody else is still to judge, and until when that should be done. */
public final class EmergencyDebts {
    private final JdbcClient db;
    private final InstantSource clock;
    private final Duration reviewWithin;

    /** @param reviewWithin how long after its deployment an emergency should be judged */
    public EmergencyDebts(JdbcClient db, InstantSource clock, Duration reviewWithin) {
        this.db = db;
        this.clock = clock;
        this.reviewWithin = reviewWithin;
    }

    /** How many nobody has judged. */
    public long open() {
        return count(open(Where.current(Deployments.GROUP)));
    }

    /** How many of them are overdue. */
    public long overdue() {
        return count(overdue(Where.current(Deployments.GROUP)));
    }

    /** The ids of those overdue, the oldest first. */
    public List<String> overdue(int most) {
        var where = overdue(Where.current(Deployments.GROUP));
        return db.sql("select t.deployment from deployments_interval t" + where.sql() + " order by t.seq fetch first " + most
                + " rows only").params(where.parameters()).query(String.class).list();
    }

    private long count(Where where) {
        return db.sql("select count(*) from deployments_interval t" + where.sql()).params(where.parameters()).query(Long.class)
                .single();
    }

    static Where open(Where where) {
        return where.and("t.debt = ?", DebtState.OPEN.name());
    }

    Where overdue(Where where) {
        Instant latest = clock.instant().minus(reviewWithin);
        return open(where).and("t.valid_from < ?", Columns.time(latest));
    }

    /** The deployment as it is shown: an emergency that nobody has judged, with the moment until when that should be done. */
    DeploymentView shown(DeploymentView deployment) {
        return deployment.emergency() && deployment.review() == null
                ? deployment.withDue(deployment.since().plus(reviewWithin))
                : deployment;
    }
}
