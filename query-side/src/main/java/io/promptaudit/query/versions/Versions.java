package io.promptaudit.query.versions;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
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
import io.promptaudit.api.query.CheckView;
import io.promptaudit.api.query.CommentView;
import io.promptaudit.api.query.ImportView;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.query.review.Review;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Known;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewTable;

/** One row for each version, which never changes, and one for its review, which does; one for each comment. */
@Component
@ProcessingGroup(Versions.GROUP)
class Versions implements View {
    static final String GROUP = Known.PROMPTS; // names the tracking token and the head: never rename

    private final JdbcClient db;
    private final Follower follower;

    Versions(JdbcClient db, Follower follower) {
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
        return List.of(new ViewTable("versions_version", List.of("seq", "prompt", "version"), List.of("body")),
                new ViewTable("versions_review", List.of("seq", "prompt", "version"), List.of("review", "checks")),
                new ViewTable("versions_comment", List.of("seq"), List.of("prompt", "version", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case PromptCreated e -> insert(generation, when,
                    version(e.prompt(), 1, e.type(), e.content(), e.config(), e.note(), e.digest(), null, when));
            case PromptEdited e -> insert(generation, when,
                    version(e.prompt(), e.version(), e.type(), e.content(), e.config(), e.note(), e.digest(), null, when));
            case VersionImported e -> insert(generation, when, version(e.prompt(), e.version(), e.type(), e.content(),
                    e.config(), e.note(), e.digest(), new ImportView(e.claimedAuthor(), e.claimedAt(), e.commit(), false), when));
            case ApprovalRequested e -> review(generation, e.version(), e, when);
            case PromptApproved e -> review(generation, e.version(), e, when);
            case PromptRejected e -> review(generation, e.version(), e, when);
            case ApprovalRevoked e -> review(generation, e.version(), e, when);
            case RejectionWithdrawn e -> review(generation, e.version(), e, when);
            case CheckRecorded e -> check(generation, e, when);
            case PromptCommented e -> comment(generation, e, when);
            case DeploymentScheduled _,ScheduleCancelled _ -> {
            }
            case PromptDescribed _,PromptDeployed _,PromptRolledBack _,PromptWithdrawn _,EmergencyReviewed _ -> {
            }
            case PromptArchived _,PromptRestored _,EnvironmentEvent _,AccountEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ ->
                {
                }
        }
    }

    private static VersionView version(String prompt, int number, PromptType type, Content content, Map<String, Object> config,
            String note, String digest, @Nullable ImportView imported, Occurrence when) {
        return new VersionView(prompt, number, type, content, config, note, when.actor().account(), when.actor().onBehalfOf(),
                when.at(), digest,
                Review.NONE.state(), List.of(), List.of(), List.of(), imported);
    }

    private void insert(int generation, Occurrence when, VersionView version) {
        db.sql("insert into versions_version (generation, seq, prompt, version, body) values (?, ?, ?, ?, ?)").param(generation)
                .param(when.position()).param(version.prompt()).param(version.version()).param(Json.write(version)).update();
        db.sql("insert into versions_review (generation, seq, prompt, version, review, checks) values (?, ?, ?, ?, ?, ?)")
                .param(generation).param(when.position()).param(version.prompt()).param(version.version())
                .param(Json.write(Review.NONE)).param(Json.write(List.of())).update();
    }

    private void review(int generation, int version, PromptEvent event, Occurrence when) {
        var review = Json.read(column("review", generation, event.prompt(), version), Review.class);
        update("review", generation, event.prompt(), version, review.after(event, when));
    }

    private void check(int generation, CheckRecorded e, Occurrence when) {
        var check = new CheckView(when.id(), e.name(), e.outcome(), e.url(), e.digest(), when.actor().account(),
                when.actor().onBehalfOf(), when.at());
        var checks = Json.list(column("checks", generation, e.prompt(), e.version()), CheckView.class);
        update("checks", generation, e.prompt(), e.version(), Stream.concat(checks.stream(), Stream.of(check)).toList());
    }

    private String column(String column, int generation, String prompt, int version) {
        return db.sql("select " + column + " from versions_review where generation = ? and prompt = ? and version = ?")
                .param(generation).param(prompt).param(version).query(String.class).single();
    }

    private void update(String column, int generation, String prompt, int version, Object value) {
        db.sql("update versions_review set " + column + " = ? where generation = ? and prompt = ? and version = ?")
                .param(Json.write(value)).param(generation).param(prompt).param(version).update();
    }

    private void comment(int generation, PromptCommented e, Occurrence when) {
        var comment = new CommentView(when.id(), e.prompt(), e.version(), when.actor().account(), when.actor().onBehalfOf(),
                when.at(), e.text());
        db.sql("insert into versions_comment (generation, seq, prompt, version, body) values (?, ?, ?, ?, ?)").param(generation)
                .param(when.position()).param(e.prompt()).param(e.version()).param(Json.write(comment)).update();
    }
}
