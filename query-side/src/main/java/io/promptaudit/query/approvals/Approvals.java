package io.promptaudit.query.approvals;

import java.util.List;
import java.util.Optional;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.VersionState;
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
import io.promptaudit.api.event.PromptEvent;
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
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ReviewState;
import io.promptaudit.api.query.ReviewView;
import io.promptaudit.api.query.ViewQuery.ListReviews;
import io.promptaudit.query.review.Review;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.Signatories;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.ViewTable;
import io.promptaudit.query.view.Where;

/** One row for each version whose review began, listed by when it began. */
@Component
@ProcessingGroup(Approvals.GROUP)
class Approvals implements View {
    static final String GROUP = "approvals"; // names the tracking token and the head: never rename

    private final JdbcClient db;
    private final Follower follower;
    private final ViewHeads heads;
    private final Signatories signatories;

    Approvals(JdbcClient db, Follower follower, ViewHeads heads, Signatories signatories) {
        this.db = db;
        this.follower = follower;
        this.heads = heads;
        this.signatories = signatories;
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
        return List.of(new ViewTable("approvals_review", List.of("seq", "prompt", "version"), List.of("state", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case ApprovalRequested e -> review(generation, e.version(), e, when);
            case PromptApproved e -> review(generation, e.version(), e, when);
            case PromptRejected e -> review(generation, e.version(), e, when);
            case ApprovalRevoked e -> review(generation, e.version(), e, when);
            case RejectionWithdrawn e -> review(generation, e.version(), e, when);
            case PromptCreated _,PromptEdited _,VersionImported _,PromptDescribed _,CheckRecorded _,PromptCommented _ -> {
            }
            case DeploymentScheduled _,ScheduleCancelled _ -> {
            }
            case PromptDeployed _,PromptRolledBack _,PromptWithdrawn _,EmergencyReviewed _,PromptArchived _ -> {
            }
            case PromptRestored _,EnvironmentEvent _,AccountEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ ->
                {
                }
        }
    }

    private void review(int generation, int version, PromptEvent event, Occurrence when) {
        var before = find(generation, event.prompt(), version);
        var after = after(before.orElse(null), version, event, when);
        String sql = before.isPresent()
                ? "update approvals_review set state = ?, body = ? where generation = ? and prompt = ? and version = ?"
                : "insert into approvals_review (state, body, generation, prompt, version, seq) values (?, ?, ?, ?, ?, ?)";
        var statement = db.sql(sql).param(after.state().name()).param(Json.write(after)).param(generation).param(event.prompt())
                .param(version);
        (before.isPresent() ? statement : statement.param(when.position())).update();
    }

    private Optional<ReviewView> find(int generation, String prompt, int version) {
        return db.sql("select body from approvals_review where generation = ? and prompt = ? and version = ?").param(generation)
                .param(prompt).param(version).query((row, _) -> Json.read(row.getString(1), ReviewView.class)).optional();
    }

    private static ReviewView after(@Nullable ReviewView before, int version, PromptEvent event, Occurrence when) {
        var review = before == null
                ? Review.NONE
                : new Review(before.requestedAt() != null, before.approvals(), before.rejections());
        var next = review.after(event, when);
        var state = state(next.state());
        if (event instanceof ApprovalRequested e) {
            return new ReviewView(e.prompt(), version, state, when.actor().account(), when.actor().onBehalfOf(), when.at(),
                    e.note(), e.reviewers(),
                    next.approvals(), next.rejections());
        }
        return before == null
                ? new ReviewView(event.prompt(), version, state, null, null, null, null, List.of(), next.approvals(),
                        next.rejections())
                : new ReviewView(event.prompt(), version, state, before.requestedBy(), before.onBehalfOf(), before.requestedAt(),
                        before.note(),
                        before.reviewers(), next.approvals(), next.rejections());
    }

    private static ReviewState state(VersionState state) {
        return switch (state) {
            case IN_REVIEW -> ReviewState.PENDING;
            case APPROVED -> ReviewState.APPROVED;
            case REJECTED -> ReviewState.REJECTED;
            case DRAFT -> ReviewState.WITHDRAWN;
        };
    }

    @QueryHandler
    Page.Reviews handle(ListReviews query) {
        heads.await(GROUP, query.position());
        return Paging.page(query.slice(), review -> query.caller().sees(review.prompt())
                && (query.reviewer() == null || review.concerns(query.reviewer())), Page.Reviews::new, (before, most) -> {
                    var where = Where.current(GROUP).and("t.seq < ?", before).andPerhapsSeen(query.caller(), "t.prompt")
                            .andIf(query.state() == null ? null : query.state().name(), "t.state = ?");
                    var rows = db.sql("select t.seq, t.body from approvals_review t" + where.sql()
                            + (query.state() == null ? Where.newest(most) : Where.newest(most, "t.state")))
                            .params(where.parameters())
                            .query((row, _) -> new Paging.Row<>(row.getLong(1), Json.read(row.getString(2), ReviewView.class)))
                            .list();
                    var signed = signatories.of(rows.stream().flatMap(row -> row.value().approvals().stream()));
                    return rows.stream().map(row -> new Paging.Row<>(row.seq(), row.value().signed(signed))).toList();
                });
    }
}
