package io.promptaudit.query.audit;

import java.util.List;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.query.view.Columns;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewTable;

/** One row for each event. Personal details stay sealed in it as they are in the event. */
@Component
@ProcessingGroup(Audit.GROUP)
class Audit implements View {
    static final String GROUP = "audit"; // names the tracking token and the head: never rename
    private static final int PROMPT = 512;
    private static final int ID = 255;
    private static final int ACTION = 64;

    private final JdbcClient db;
    private final Follower follower;

    Audit(JdbcClient db, Follower follower) {
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
        return List.of(
                new ViewTable("audit_entry", List.of("seq"), List.of("recorded_at", "actor", "on_behalf_of", "action", "outcome",
                        "prompt", "environment", "subject", "search", "personal", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        var entry = Telling.line(when);
        db.sql("insert into audit_entry (generation, seq, recorded_at, actor, on_behalf_of, action, outcome, prompt, environment, subject,"
                + " search, personal, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").param(generation)
                .param(when.position())
                .param(Columns.time(when.at())).param(Columns.fit(entry.actor(), ID))
                .param(Columns.fitOrNull(entry.onBehalfOf(), ID)).param(Columns.fit(entry.action(), ACTION))
                .param(entry.outcome().name()).param(Columns.fitOrNull(entry.prompt(), PROMPT))
                .param(Columns.fitOrNull(entry.environment(), ID)).param(Columns.fitOrNull(entry.account(), ID))
                .param(Columns.search(entry.sentence() + "\n" + (entry.reason() == null ? "" : entry.reason())))
                .param(when.actor().personal()).param(Json.write(entry)).update();
    }
}
