package io.promptaudit.query.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.EnvironmentEvent;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChangeDeclined;
import io.promptaudit.api.event.GroupsChangeProposed;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.AccountView;
import io.promptaudit.api.query.AccountView.Delegate;
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
    private final KeyRows keys;

    Accounts(JdbcClient db, Follower follower) {
        this.db = db;
        this.follower = follower;
        this.keys = new KeyRows(db);
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
                new ViewTable("accounts_change", List.of("seq"), List.of("id", "body")),
                new ViewTable("accounts_key", List.of("seq"), List.of("id", "public_key", "body")));
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case AccountEvent e -> apply(e, when, generation);
            case PromptEvent _,EnvironmentEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ -> {
            }
        }
    }

    private void apply(AccountEvent event, Occurrence when, int generation) {
        switch (event) {
            case AccountCreated e -> insert(generation, when, e);
            case AccountDescribed e ->
                db.sql("update accounts_account set personal = ? where generation = ? and id = ?").param(e.personal())
                        .param(generation).param(e.account()).update();
            case GrantsChanged e -> update(generation, e, account -> account.granted(e.grants()));
            case GroupsChanged e -> update(generation, e, account -> account.grouped(e.groups()));
            case DelegateAllowed e ->
                update(generation, e, account -> delegating(account, e.delegate(), new Delegate(e.delegate(), e.until())));
            case DelegateWithdrawn e -> update(generation, e, account -> delegating(account, e.delegate(), null));
            case AccountLocked e -> update(generation, e, account -> account.standing(true, false, false));
            case AccountUnlocked e -> update(generation, e, account -> account.standing(false, false, false));
            case AccountClosed e -> update(generation, e, account -> account.standing(false, true, false));
            case AccountErased e -> update(generation, e, account -> account.standing(false, false, true));
            case GrantsChangeProposed _,GrantsChangeDeclined _,GroupsChangeProposed _,GroupsChangeDeclined _,PasswordSet _,IdentityLinked _,KeyCreated _,KeyRotated _,KeyRevoked _ ->
                {
                }
        }
        keys.apply(event, when, generation);
        db.sql("insert into accounts_change (generation, seq, id, body) values (?, ?, ?, ?)").param(generation)
                .param(when.position()).param(event.account()).param(Json.write(HistoryLines.of(event, when))).update();
    }

    private static AccountView delegating(AccountView account, String delegate, @Nullable Delegate now) {
        var delegates = new ArrayList<>(account.delegates() == null ? List.of() : account.delegates());
        delegates.removeIf(before -> before.account().equals(delegate));
        if (now != null) {
            delegates.add(now);
        }
        return account.delegating(delegates);
    }

    private void insert(int generation, Occurrence when, AccountCreated e) {
        var shown = new AccountView(e.account(), e.kind(), e.actsFor(), e.grants());
        db.sql("insert into accounts_account (generation, seq, id, personal, body) values (?, ?, ?, ?, ?)").param(generation)
                .param(when.position()).param(e.account()).param(e.personal()).param(Json.write(shown)).update();
    }

    private void update(int generation, AccountEvent event, UnaryOperator<AccountView> change) {
        var before = db.sql("select body from accounts_account where generation = ? and id = ?").param(generation)
                .param(event.account()).query((row, _) -> Json.read(row.getString(1), AccountView.class)).single();
        db.sql("update accounts_account set body = ? where generation = ? and id = ?")
                .param(Json.write(change.apply(before))).param(generation).param(event.account()).update();
    }
}
