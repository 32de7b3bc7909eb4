package io.promptaudit.query.deployments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.api.query.ApprovalView;
import io.promptaudit.api.query.DebtState;
import io.promptaudit.api.query.DeploymentView;
import io.promptaudit.api.query.DeploymentView.EmergencyReview;
import io.promptaudit.api.query.DeploymentView.End;
import io.promptaudit.query.view.Columns;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewTable;

/**
 * One row for each deployment and rollback: the interval in which it was active, and the evidence it was decided on. The
 * intervals of a prompt in an environment never overlap, even where clocks disagree: none begins before its predecessor.
 */
@Component
@ProcessingGroup(Deployments.GROUP)
class Deployments implements View {
    static final String GROUP = "deployments"; // names the tracking token and the head: never rename

    private final JdbcClient db;
    private final Follower follower;

    Deployments(JdbcClient db, Follower follower) {
        this.db = db;
        this.follower = follower;
    }

    @EventHandler
    void on(TrailEvent event, EventMessage<?> message, TrackingToken token) {
        follower.follow(this, event, message, token);
    }

    @Override
    public String name() {
        return GROUP;
    }

    @Override
    public List<ViewTable> tables() {
        return List.of(new ViewTable("deployments_interval", List.of("seq"),
                List.of("deployment", "prompt", "environment", "version", "valid_from", "valid_to", "debt", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case PromptDeployed e -> deployed(generation, e, when);
            case PromptRolledBack e -> rolledBack(generation, e, when);
            case PromptWithdrawn e -> end(generation, e.prompt(), e.environment(), when.at(),
                    new End("withdrawn", when.actor().account(), when.actor().onBehalfOf(), e.reason(), null));
            case EmergencyReviewed e -> reviewed(generation, e, when);
            case PromptCreated _,PromptEdited _,VersionImported _,PromptDescribed _,ApprovalRequested _,PromptApproved _ -> {
            }
            case DeploymentScheduled _,ScheduleCancelled _ -> {
            }
            case PromptRejected _,ApprovalRevoked _,RejectionWithdrawn _,CheckRecorded _,PromptCommented _ -> {
            }
            case PromptArchived _,PromptRestored _,EnvironmentEvent _,AccountEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ ->
                {
                }
        }
    }

    private void deployed(int generation, PromptDeployed e, Occurrence when) {
        var since = end(generation, e.prompt(), e.environment(), when.at(),
                new End("deployed", when.actor().account(), when.actor().onBehalfOf(), e.reason(), when.id()));
        begin(generation, when.position(), new DeploymentView(when.id(), e.prompt(), e.version(), e.environment(), e.digest(),
                when.actor().account(), when.actor().onBehalfOf(), since, null, e.reason(), e.ticket(), e.emergency(),
                e.policyRevision(),
                e.approvals().stream().map(ApprovalView::of).toList(), e.checks(), null, e.replaced(), null, null, e.schedule(),
                null));
    }

    private void rolledBack(int generation, PromptRolledBack e, Occurrence when) {
        var restored = find(generation, e.restores()).shown();
        var since = end(generation, e.prompt(), e.environment(), when.at(),
                new End("rolled-back", when.actor().account(), when.actor().onBehalfOf(), e.reason(), when.id()));
        begin(generation, when.position(), new DeploymentView(when.id(), e.prompt(), e.version(), e.environment(), e.digest(),
                when.actor().account(), when.actor().onBehalfOf(), since, null, e.reason(), null, false, e.policyRevision(),
                restored.approvals(),
                restored.checks(), e.restores(), e.replaced(), null, null, null, null));
    }

    private void begin(int generation, long seq, DeploymentView shown) {
        db.sql("insert into deployments_interval (generation, seq, deployment, prompt, environment, version, valid_from,"
                + " valid_to, debt, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").param(generation).param(seq)
                .param(shown.deployment()).param(shown.prompt()).param(shown.environment()).param(shown.version())
                .param(Columns.time(shown.since())).param(Columns.FOREVER).param(shown.emergency() ? "OPEN" : "NONE")
                .param(Json.write(shown)).update();
    }

    private record Row(long seq, DeploymentView shown) {}

    /** Ends what is active there, if anything is, and answers the moment: not before its predecessor's. */
    private Instant end(int generation, String prompt, String environment, Instant at, End how) {
        var last = last(generation, prompt, environment);
        if (last.isEmpty()) {
            return at;
        }
        var shown = last.get().shown();
        var until = shown.until();
        var moment = latest(at, until == null ? shown.since() : until);
        if (until == null) {
            db.sql("update deployments_interval set valid_to = ?, body = ? where generation = ? and seq = ?")
                    .param(Columns.time(moment)).param(Json.write(shown.ended(moment, how))).param(generation)
                    .param(last.get().seq()).update();
        }
        return moment;
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Optional<Row> last(int generation, String prompt, String environment) {
        return db.sql("select seq, body from deployments_interval where generation = ? and prompt = ? and environment = ?"
                + " order by generation desc, prompt desc, environment desc, valid_from desc, seq desc fetch first 1 rows only")
                .param(generation).param(prompt)
                .param(environment).query((row, _) -> row(row)).optional();
    }

    private Row find(int generation, String deployment) {
        return db.sql("select seq, body from deployments_interval where generation = ? and deployment = ?").param(generation)
                .param(deployment).query((row, _) -> row(row)).single();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong("seq"), Json.read(row.getString("body"), DeploymentView.class));
    }

    private void reviewed(int generation, EmergencyReviewed e, Occurrence when) {
        var row = find(generation, e.deployment());
        var judged = row.shown()
                .reviewed(new EmergencyReview(e.verdict(), e.comment(), when.actor().account(), when.actor().onBehalfOf(),
                        when.at()));
        db.sql("update deployments_interval set debt = ?, body = ? where generation = ? and seq = ?")
                .param(DebtState.CLOSED.name()).param(Json.write(judged)).param(generation).param(row.seq()).update();
    }
}
