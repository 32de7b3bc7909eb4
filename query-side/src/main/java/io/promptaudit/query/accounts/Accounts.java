package io.promptaudit.query.accounts;

import java.util.List;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Grant;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.AccountView;
import io.promptaudit.api.query.AccountView.Change;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewTable;

/** One row for each account, its name sealed as the event has it, and one for each change of it. */
@Component
@ProcessingGroup(Accounts.GROUP)
class Accounts implements View {
    static final String GROUP = "accounts"; // names the tracking token and the head: never rename

    private final JdbcClient db;
    private final Follower follower;

    Accounts(JdbcClient db, Follower follower) {
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
        return List.of(new ViewTable("accounts_account", List.of("seq", "id"), List.of("personal", "body")),
                new ViewTable("accounts_change", List.of("seq"), List.of("id", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case AccountCreated e -> {
                insert(generation, when, e);
                change(generation, e, when, "created", e.grants(), null);
            }
            case GrantsChanged e -> {
                var a = find(generation, e.account());
                update(generation, new AccountView(a.id(), null, a.kind(), a.actsFor(), e.grants(), a.erased(), null));
                change(generation, e, when, "grants-changed", e.grants(), e.comment(), e.confirms(), e.proposedBy());
            }
            case GrantsChangeProposed e ->
                change(generation, e, when, "grants-change-proposed", e.grants(), null, when.id(), null);
            case GrantsChangeDeclined e ->
                change(generation, e, when, "grants-change-declined", null, e.reason(), e.change(), e.proposedBy());
            case PasswordSet e -> change(generation, e, when, "password-set", null, null);
            case IdentityLinked e -> change(generation, e, when, "identity-linked", null, null);
            case AccountErased e -> {
                var a = find(generation, e.account());
                update(generation, new AccountView(a.id(), null, a.kind(), a.actsFor(), a.grants(), true, null));
                change(generation, e, when, "erased", null, e.reason());
            }
            case PromptEvent _,EnvironmentEvent _,CommandRefused _,SignInRefused _ -> {
            }
        }
    }

    private void insert(int generation, Occurrence when, AccountCreated e) {
        var shown = new AccountView(e.account(), null, e.kind(), e.actsFor(), e.grants(), null, null);
        db.sql("insert into accounts_account (generation, seq, id, personal, body) values (?, ?, ?, ?, ?)").param(generation)
                .param(when.position()).param(e.account()).param(e.personal()).param(Json.write(shown)).update();
    }

    private AccountView find(int generation, String account) {
        return db.sql("select body from accounts_account where generation = ? and id = ?").param(generation).param(account)
                .query((row, _) -> Json.read(row.getString(1), AccountView.class)).single();
    }

    private void update(int generation, AccountView shown) {
        db.sql("update accounts_account set body = ? where generation = ? and id = ?").param(Json.write(shown)).param(generation)
                .param(shown.id()).update();
    }

    private void change(int generation, AccountEvent event, Occurrence when, String what, @Nullable List<Grant> grants,
            @Nullable String reason) {
        change(generation, event, when, what, grants, reason, null, null);
    }

    private void change(int generation, AccountEvent event, Occurrence when, String what, @Nullable List<Grant> grants,
            @Nullable String reason, @Nullable String proposed, @Nullable String proposedBy) {
        var change = new Change(when.position(), when.id(), when.at(), when.actor().account(), what, grants, reason, proposed,
                proposedBy);
        db.sql("insert into accounts_change (generation, seq, id, body) values (?, ?, ?, ?)").param(generation)
                .param(when.position()).param(event.account()).param(Json.write(change)).update();
    }
}
