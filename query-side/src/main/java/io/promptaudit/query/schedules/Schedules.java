package io.promptaudit.query.schedules;

import java.util.List;
import java.util.function.UnaryOperator;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.queryhandling.QueryHandler;
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
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ScheduleState;
import io.promptaudit.api.query.ScheduleView;
import io.promptaudit.api.query.ScheduleView.Cancelled;
import io.promptaudit.api.query.ViewQuery.ListSchedules;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Known;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.ViewTable;
import io.promptaudit.query.view.Where;

/** One row for each schedule, listed by when it was made. For people to look at: what is due, the command side knows itself. */
@Component
@ProcessingGroup(Schedules.GROUP)
class Schedules implements View {
    static final String GROUP = "schedules"; // names the tracking token and the head: never rename

    private final JdbcClient db;
    private final Follower follower;
    private final ViewHeads heads;
    private final Known known;

    Schedules(JdbcClient db, Follower follower, ViewHeads heads, Known known) {
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
        return List.of(
                new ViewTable("schedules_schedule", List.of("seq"), List.of("schedule", "prompt", "state", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case DeploymentScheduled e -> insert(generation, e, when);
            case PromptDeployed e -> {
                if (e.schedule() != null) {
                    update(generation, e.schedule(), schedule -> schedule.done(when.id()));
                }
            }
            case ScheduleCancelled e -> update(generation, e.schedule(), schedule -> schedule.cancelled(new Cancelled(e.cause(),
                    e.rule(), e.policyRevision(), e.reason(), when.actor().account(), when.actor().onBehalfOf(), when.at())));
            case PromptCreated _,PromptEdited _,VersionImported _,PromptDescribed _,ApprovalRequested _,PromptApproved _ -> {
            }
            case PromptRejected _,ApprovalRevoked _,RejectionWithdrawn _,CheckRecorded _,PromptCommented _ -> {
            }
            case PromptRolledBack _,PromptWithdrawn _,EmergencyReviewed _,PromptArchived _,PromptRestored _ -> {
            }
            case EnvironmentEvent _,AccountEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ -> {
            }
        }
    }

    private void insert(int generation, DeploymentScheduled e, Occurrence when) {
        var made = new ScheduleView(when.id(), e.prompt(), e.version(), e.environment(), e.digest(), e.at(), e.reason(),
                e.ticket(), when.actor().account(), when.actor().onBehalfOf(), when.at(), ScheduleState.PENDING, null, null);
        db.sql("insert into schedules_schedule (generation, seq, schedule, prompt, state, body) values (?, ?, ?, ?, ?, ?)")
                .param(generation).param(when.position()).param(when.id()).param(e.prompt()).param(made.state().name())
                .param(Json.write(made)).update();
    }

    private void update(int generation, String id, UnaryOperator<ScheduleView> change) {
        var after = change.apply(db.sql("select body from schedules_schedule where generation = ? and schedule = ?")
                .param(generation).param(id).query((row, _) -> Json.read(row.getString(1), ScheduleView.class)).single());
        db.sql("update schedules_schedule set state = ?, body = ? where generation = ? and schedule = ?")
                .param(after.state().name()).param(Json.write(after)).param(generation).param(id).update();
    }

    @QueryHandler
    Page.Schedules handle(ListSchedules query) {
        heads.await(GROUP, query.position());
        if (query.prompt() != null) {
            known.requirePrompt(query.prompt(), query.position());
        }
        return Paging.page(query.slice(), schedule -> query.caller().sees(schedule.prompt()), Page.Schedules::new,
                (before, most) -> {
                    var where = Where.current(GROUP).and("t.seq < ?", before).andIf(query.prompt(), "t.prompt = ?")
                            .andIf(query.state() == null ? null : query.state().name(), "t.state = ?")
                            .andPerhapsSeen(query.caller(), "t.prompt");
                    return db.sql("select t.seq, t.body from schedules_schedule t" + where.sql() + Where.sorted(most))
                            .params(where.parameters())
                            .query((row, _) -> new Paging.Row<>(row.getLong(1), Json.read(row.getString(2), ScheduleView.class)))
                            .list();
                });
    }
}
