package io.promptaudit.query.changes;

import java.util.List;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.Grant;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.CommandRefused;
import io.promptaudit.api.event.ContentRead;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
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
import io.promptaudit.api.event.PolicyChangeDeclined;
import io.promptaudit.api.event.PolicyChangeProposed;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.ReleasePolicyChanged;
import io.promptaudit.api.event.ServerEvent;
import io.promptaudit.api.event.SignInRefused;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.ChangeState;
import io.promptaudit.api.query.ChangeView;
import io.promptaudit.api.query.ChangeView.Grants;
import io.promptaudit.api.query.ChangeView.Groups;
import io.promptaudit.api.query.ChangeView.Policies;
import io.promptaudit.api.query.ChangeView.Settled;
import io.promptaudit.query.view.Follower;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.View;
import io.promptaudit.query.view.ViewTable;

/** One row for each proposed change, and one for what is in force of each thing that can be changed so: the base. */
@Component
@ProcessingGroup(Changes.GROUP)
class Changes implements View {
    static final String GROUP = "changes"; // names the tracking token and the head: never rename

    private final JdbcClient db;
    private final Follower follower;

    Changes(JdbcClient db, Follower follower) {
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
        return List.of(new ViewTable("changes_change", List.of("seq"), List.of("id", "base", "state", "body")),
                new ViewTable("changes_base", List.of("seq", "base"), List.of("body")));
    }

    private static String policy(String environment) {
        return "policy:" + environment;
    }

    private static String grants(String account) {
        return "grants:" + account;
    }

    private static String groups(String account) {
        return "groups:" + account;
    }

    @Override
    public void apply(Occurrence when, int generation) {
        switch (when.event()) {
            case ReleasePolicyChanged e ->
                based(generation, when, policy(e.environment()), new InForce(e.policy(), List.of(), List.of()), e.confirms(),
                        e.comment());
            case PolicyChangeProposed e -> proposed(generation, when, policy(e.environment()), e);
            case PolicyChangeDeclined e -> settle(generation, e.change(), ChangeState.DECLINED, settled(when, e.reason()));
            case AccountCreated e -> account(generation, when, e.account(), e.grants());
            case GrantsChanged e ->
                based(generation, when, grants(e.account()), new InForce(null, e.grants(), List.of()), e.confirms(), e.comment());
            case GrantsChangeProposed e -> proposed(generation, when, grants(e.account()), e);
            case GrantsChangeDeclined e -> settle(generation, e.change(), ChangeState.DECLINED, settled(when, e.reason()));
            case GroupsChanged e ->
                based(generation, when, groups(e.account()), InForce.of(e.groups()), e.confirms(), e.comment());
            case GroupsChangeProposed e -> proposed(generation, when, groups(e.account()), e);
            case GroupsChangeDeclined e -> settle(generation, e.change(), ChangeState.DECLINED, settled(when, e.reason()));
            case AccountClosed e -> account(generation, when, e.account(), List.of());
            case AccountErased e -> account(generation, when, e.account(), List.of());
            case AccountDescribed _,PasswordSet _,IdentityLinked _,AccountLocked _,AccountUnlocked _,DelegateAllowed _,DelegateWithdrawn _,KeyCreated _,KeyRotated _,KeyRevoked _ ->
                {
                }
            case PromptEvent _,CommandRefused _,SignInRefused _,ContentRead _,ServerEvent _ -> {
            }
        }
    }

    /** An account begins with these grants and without groups, or ends. */
    private void account(int generation, Occurrence when, String account, List<Grant> held) {
        based(generation, when, grants(account), new InForce(null, held, List.of()), null, null);
        based(generation, when, groups(account), InForce.of(List.of()), null, null);
    }

    /** What is in force of one thing. */
    private record InForce(@Nullable ReleasePolicy policy, List<Grant> grants, List<String> groups) {
        static final InForce NOTHING = new InForce(null, List.of(), List.of());

        static InForce of(List<String> groups) {
            return new InForce(null, List.of(), groups);
        }
    }

    private void proposed(int generation, Occurrence when, String base, PolicyChangeProposed e) {
        insert(generation, base, new ChangeView(when.id(), when.position(), ChangeState.PENDING, e.environment(), null,
                when.actor().account(), when.actor().onBehalfOf(), when.at(), e.reason(),
                new Policies(inForce(generation, base).policy(), e.policy()), null, null, null));
    }

    private void proposed(int generation, Occurrence when, String base, GrantsChangeProposed e) {
        insert(generation, base, new ChangeView(when.id(), when.position(), ChangeState.PENDING, null, e.account(),
                when.actor().account(), when.actor().onBehalfOf(), when.at(), null, null,
                new Grants(inForce(generation, base).grants(), e.grants()), null, null));
    }

    private void proposed(int generation, Occurrence when, String base, GroupsChangeProposed e) {
        insert(generation, base, new ChangeView(when.id(), when.position(), ChangeState.PENDING, null, e.account(),
                when.actor().account(), when.actor().onBehalfOf(), when.at(), null, null, null,
                new Groups(inForce(generation, base).groups(), e.groups()), null));
    }

    private InForce inForce(int generation, String base) {
        return db.sql("select body from changes_base where generation = ? and base = ?").param(generation).param(base)
                .query((row, _) -> Json.read(row.getString(1), InForce.class)).optional().orElse(InForce.NOTHING);
    }

    /** Something else is in force: what was confirmed by it is confirmed, and whatever else was waiting is stale. */
    private void based(int generation, Occurrence when, String base, InForce inForce, @Nullable String confirms,
            @Nullable String comment) {
        if (confirms != null) {
            settle(generation, confirms, ChangeState.CONFIRMED, settled(when, comment));
        }
        db.sql("select id from changes_change where generation = ? and base = ? and state = ? order by seq").param(generation)
                .param(base).param(ChangeState.PENDING.name()).query(String.class).list()
                .forEach(id -> settle(generation, id, ChangeState.STALE, settled(when, null)));
        int changed = db.sql("update changes_base set body = ? where generation = ? and base = ?").param(Json.write(inForce))
                .param(generation).param(base).update();
        if (changed == 0) {
            db.sql("insert into changes_base (generation, seq, base, body) values (?, ?, ?, ?)").param(generation)
                    .param(when.position()).param(base).param(Json.write(inForce)).update();
        }
    }

    private void insert(int generation, String base, ChangeView shown) {
        db.sql("insert into changes_change (generation, seq, id, base, state, body) values (?, ?, ?, ?, ?, ?)")
                .param(generation).param(shown.position()).param(shown.change()).param(base).param(shown.state().name())
                .param(Json.write(shown)).update();
    }

    private static Settled settled(Occurrence when, @Nullable String reason) {
        return new Settled(when.actor().account(), when.actor().onBehalfOf(), when.at(), when.id(), when.position(), reason);
    }

    private void settle(int generation, String change, ChangeState state, Settled by) {
        ChangeView shown = db.sql("select body from changes_change where generation = ? and id = ?").param(generation)
                .param(change).query((row, _) -> Json.read(row.getString(1), ChangeView.class)).single().settled(state, by);
        db.sql("update changes_change set state = ?, body = ? where generation = ? and id = ?").param(state.name())
                .param(Json.write(shown)).param(generation).param(change).update();
    }
}
