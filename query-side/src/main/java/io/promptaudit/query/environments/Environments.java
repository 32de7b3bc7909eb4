package io.promptaudit.query.environments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PolicyView;
import io.promptaudit.api.query.ViewQuery.FindPolicy;
import io.promptaudit.api.query.ViewQuery.ListEnvironments;
import io.promptaudit.query.view.Columns;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Known;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.ViewTable;
import io.promptaudit.query.view.Where;

/** One row for each policy: the interval in which it was in force. Intervals of an environment never overlap. */
@Component
@ProcessingGroup(Environments.GROUP)
class Environments implements View {
    static final String GROUP = Known.ENVIRONMENTS; // names the tracking token and the head: never rename

    private final JdbcClient db;
    private final Follower follower;
    private final ViewHeads heads;
    private final Known known;

    Environments(JdbcClient db, Follower follower, ViewHeads heads, Known known) {
        this.db = db;
        this.follower = follower;
        this.heads = heads;
        this.known = known;
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
        return List.of(new ViewTable("environments_policy", List.of("seq"),
                List.of("environment", "revision", "created", "valid_from", "valid_to", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case ReleasePolicyChanged e -> changed(generation, e, when);
            case PolicyChangeProposed _,PolicyChangeDeclined _,PromptEvent _,AccountEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ ->
                {
                }
        }
    }

    private record Row(long seq, long created, Instant since) {}

    private void changed(int generation, ReleasePolicyChanged e, Occurrence when) {
        var before = current(generation, e.environment());
        var since = before.map(Row::since).filter(when.at()::isBefore).orElse(when.at());
        before.ifPresent(row -> db.sql("update environments_policy set valid_to = ? where generation = ? and seq = ?")
                .param(Columns.time(since)).param(generation).param(row.seq()).update());
        var shown = new PolicyView(e.environment(), e.revision(), e.policy(), e.reason(), when.actor().account(),
                when.actor().onBehalfOf(), e.confirms(),
                e.proposedBy(), since, null);
        db.sql("insert into environments_policy (generation, seq, environment, revision, created, valid_from, valid_to, body)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)").param(generation).param(when.position()).param(e.environment())
                .param(e.revision()).param(before.map(Row::created).orElse(when.position())).param(Columns.time(since))
                .param(Columns.FOREVER).param(Json.write(shown)).update();
    }

    private Optional<Row> current(int generation, String environment) {
        return db.sql("select seq, created, valid_from from environments_policy where generation = ? and environment = ?"
                + " and valid_to = ?").param(generation).param(environment).param(Columns.FOREVER)
                .query((row, _) -> new Row(row.getLong(1), row.getLong(2), Columns.time(row, "valid_from"))).optional();
    }

    @QueryHandler
    Page.Policies handle(ListEnvironments query) {
        heads.await(GROUP, query.position());
        return Paging.page(query.slice(), _ -> true, Page.Policies::new, (before, most) -> find(
                Where.current(GROUP).and("t.valid_to = ?", Columns.FOREVER).and("t.created < ?", before),
                " order by t.created desc fetch first " + most + " rows only"));
    }

    @QueryHandler
    PolicyView handle(FindPolicy query) {
        known.requireEnvironment(query.environment(), query.position());
        // Without a moment asked for, the end of time: the policy in force has not ended, whatever this server's clock says.
        var at = Columns.time(query.at() == null ? Columns.LATEST : query.at().truncatedTo(ChronoUnit.MILLIS));
        return find(Where.current(GROUP).and("t.environment = ?", query.environment()).and("t.valid_from <= ?", at),
                " order by t.generation desc, t.environment desc, t.valid_from desc, t.seq desc fetch first 1 rows only").stream()
                .map(Paging.Row::value).findFirst()
                .orElseThrow(() -> new UnknownThing("policy-not-found",
                        "The environment \"%s\" had no policy then.".formatted(query.environment())));
    }

    private List<Paging.Row<PolicyView>> find(Where where, String order) {
        return db.sql("select t.created, t.valid_to, t.body from environments_policy t" + where.sql() + order)
                .params(where.parameters()).query((row, _) -> new Paging.Row<>(row.getLong(1), shown(row))).list();
    }

    private static PolicyView shown(ResultSet row) throws SQLException {
        var p = Json.read(row.getString("body"), PolicyView.class);
        return new PolicyView(p.environment(), p.revision(), p.policy(), p.reason(), p.changedBy(), p.onBehalfOf(), p.change(),
                p.proposedBy(),
                p.since(),
                Columns.end(row, "valid_to"));
    }
}
