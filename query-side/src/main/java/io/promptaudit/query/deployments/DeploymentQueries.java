package io.promptaudit.query.deployments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Caller;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.ActiveTag;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.api.query.DebtState;
import io.promptaudit.api.query.DeploymentView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindActive;
import io.promptaudit.api.query.ViewQuery.FindActiveTag;
import io.promptaudit.api.query.ViewQuery.ListActive;
import io.promptaudit.api.query.ViewQuery.ListDeployments;
import io.promptaudit.api.query.ViewQuery.ListEmergencies;
import io.promptaudit.query.review.Review;
import io.promptaudit.query.view.Columns;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Known;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.Signatories;
import io.promptaudit.query.view.ViewBehind;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.Where;

/** Answers what was active where, and how that came. */
@Component
class DeploymentQueries {
    /** A version as the deployment made it active. The version's view may be behind this one: then its columns are null. */
    private static final String WITH_VERSION = "select t.seq, t.body as deployment, v.body, r.review, r.checks"
            + " from deployments_interval t left join versions_version v on v.generation = " + ViewHeads.current(Known.PROMPTS)
            + " and v.prompt = t.prompt and v.version = t.version left join versions_review r on r.generation = v.generation"
            + " and r.prompt = t.prompt and r.version = t.version";

    private final JdbcClient db;
    private final ViewHeads heads;
    private final Known known;
    private final EmergencyDebts debts;
    private final Signatories signatories;
    private final InstantSource clock = InstantSource.system();

    DeploymentQueries(JdbcClient db, ViewHeads heads, Known known, Signatories signatories, EmergencyDebts debts) {
        this.db = db;
        this.heads = heads;
        this.known = known;
        this.signatories = signatories;
        this.debts = debts;
    }

    private record Found(long seq, DeploymentView deployment, @Nullable VersionView version, long characters) {}

    @QueryHandler
    ActiveView handle(FindActive query) {
        heads.await(Deployments.GROUP, query.position());
        known.requirePrompt(query.prompt(), query.position());
        known.requireEnvironment(query.environment(), query.position());
        var at = moment(query.at());
        var where = Where.current(Deployments.GROUP).and("t.prompt = ?", query.prompt())
                .and("t.environment = ?", query.environment()).and("t.valid_from <= ?", Columns.time(at));
        return active(where,
                " order by t.generation desc, t.prompt desc, t.environment desc, t.valid_from desc, t.seq desc fetch first 1 rows only")
                .stream()
                .filter(found -> contains(found.deployment(), at)).findFirst().map(DeploymentQueries::show)
                .orElseThrow(() -> new UnknownThing("never-active", "Nothing of the prompt \"%s\" was active in %s then."
                        .formatted(query.prompt(), query.environment())));
    }

    @QueryHandler
    ActiveTag handle(FindActiveTag query) {
        return ActiveTags.of(
                handle(new FindActive(query.caller(), query.position(), query.prompt(), query.environment(), query.at())));
    }

    private static boolean contains(DeploymentView deployment, Instant at) {
        return deployment.until() == null || at.isBefore(deployment.until());
    }

    @QueryHandler
    Page.Actives handle(ListActive query) {
        heads.await(Deployments.GROUP, query.position());
        heads.await(Known.PROMPTS, query.position());
        known.requireEnvironment(query.environment(), query.position());
        var now = clock.instant();
        var mark = Paging.Mark.of(query.slice());
        var asked = mark.moment() == null ? query.at() : mark.moment();
        var at = Columns.time(moment(asked));
        // Later pages speak of the same moment as the first.
        return Paging.pageOfContents(query.slice().limit(), new Paging.Mark(mark.before(), asked == null ? now : asked),
                active -> query.caller().sees(active.prompt()), Page.Actives::new, (before, most) -> {
                    var where = Where.current(Deployments.GROUP).and("t.environment = ?", query.environment())
                            .and("t.valid_to > ?", at).and("t.valid_from <= ?", at).and("t.seq < ?", before)
                            .andPerhapsSeen(query.caller(), "t.prompt");
                    return active(where, Where.sorted(most)).stream()
                            .map(found -> new Paging.Row<>(found.seq(), show(found), found.characters())).toList();
                });
    }

    @QueryHandler
    Page.Deployments handle(ListDeployments query) {
        heads.await(Deployments.GROUP, query.position());
        known.requirePrompt(query.prompt(), query.position());
        return deployments(query.slice(), query.caller(), most -> Where.newest(most, "t.prompt"),
                where -> where.and("t.prompt = ?", query.prompt()));
    }

    @QueryHandler
    Page.Deployments handle(ListEmergencies query) {
        heads.await(Deployments.GROUP, query.position());
        return deployments(query.slice(), query.caller(), Where::sorted, where -> debts(query.state(), where));
    }

    private Where debts(@Nullable DebtState state, Where where) {
        return switch (state) {
            case null -> where.and("t.debt in (?, ?)", DebtState.OPEN.name(), DebtState.CLOSED.name());
            case OPEN -> EmergencyDebts.open(where);
            case OVERDUE -> debts.overdue(where);
            case CLOSED -> where.and("t.debt = ?", DebtState.CLOSED.name());
        };
    }

    private Page.Deployments deployments(Slice slice, Caller caller, IntFunction<String> order, UnaryOperator<Where> which) {
        return Paging.page(slice, shown -> caller.sees(shown.prompt()), Page.Deployments::new, (before, most) -> {
            var where = which.apply(Where.current(Deployments.GROUP)).and("t.seq < ?", before)
                    .andPerhapsSeen(caller, "t.prompt");
            var rows = db.sql("select t.seq, t.body from deployments_interval t" + where.sql() + order.apply(most))
                    .params(where.parameters())
                    .query((row, _) -> new Paging.Row<>(row.getLong(1),
                            debts.shown(Json.read(row.getString(2), DeploymentView.class))))
                    .list();
            var signed = signatories.of(rows.stream().flatMap(row -> row.value().approvals().stream()));
            return rows.stream().map(row -> new Paging.Row<>(row.seq(), row.value().signed(signed))).toList();
        });
    }

    /** Finds deployments with their versions; where the versions' view is behind, waits for it and looks again. */
    private List<Found> active(Where where, String order) {
        var found = find(where, order);
        var missing = found.stream().filter(one -> one.version() == null).mapToLong(Found::seq).max();
        if (missing.isEmpty()) {
            return found;
        }
        heads.await(Known.PROMPTS, missing.getAsLong());
        return find(where, order);
    }

    private List<Found> find(Where where, String order) {
        var found = db.sql(WITH_VERSION + where.sql() + order).params(where.parameters()).query((row, _) -> found(row)).list();
        var signed = signatories.of(found.stream().flatMap(one -> one.deployment().approvals().stream()));
        return found.stream().map(one -> new Found(one.seq(), one.deployment().signed(signed), one.version(), one.characters()))
                .toList();
    }

    private static Found found(ResultSet row) throws SQLException {
        var deployment = Json.read(row.getString("deployment"), DeploymentView.class);
        String body = row.getString("body");
        return body == null
                ? new Found(row.getLong("seq"), deployment, null, 0)
                : new Found(row.getLong("seq"), deployment, Review.version(row), body.length());
    }

    private static ActiveView show(Found found) {
        if (found.version() == null) {
            throw new ViewBehind(Known.PROMPTS, found.seq());
        }
        return ActiveView.of(found.version(), found.deployment());
    }

    /** Without a moment asked for, the end of time: what is active now has not ended, whatever this server's clock says. */
    private static Instant moment(@Nullable Instant asked) {
        return asked == null ? Columns.LATEST : asked.truncatedTo(ChronoUnit.MILLIS);
    }
}
