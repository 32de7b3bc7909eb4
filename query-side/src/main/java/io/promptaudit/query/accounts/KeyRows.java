package io.promptaudit.query.accounts;

import java.util.function.UnaryOperator;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
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
import io.promptaudit.api.query.KeyView;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Occurrence;

/** One row for each API key that an account ever had. */
final class KeyRows {
    private final JdbcClient db;

    KeyRows(JdbcClient db) {
        this.db = db;
    }

    void apply(AccountEvent event, Occurrence when, int generation) {
        switch (event) {
            case KeyCreated e -> insert(generation, when, new KeyView(e.account(), e.key(), e.name(), when.at(),
                    when.actor().account(), when.actor().onBehalfOf(), e.expiresAt(), e.grants(), null, null, null));
            case KeyRotated e -> {
                insert(generation, when,
                        find(generation, e.key()).successor(e.successor(), when.at(), when.actor().account(),
                                when.actor().onBehalfOf(), e.expiresAt()));
                update(generation, e.key(), key -> key.rotated(e.endsAt(), e.successor()));
            }
            case KeyRevoked e -> update(generation, e.key(), key -> key.revoked(when.at()));
            case AccountClosed e -> endAll(generation, e.account(), when);
            case AccountErased e -> endAll(generation, e.account(), when);
            case AccountCreated _,AccountDescribed _,GrantsChanged _,GrantsChangeProposed _,GrantsChangeDeclined _,GroupsChanged _,GroupsChangeProposed _,GroupsChangeDeclined _,PasswordSet _,IdentityLinked _,AccountLocked _,AccountUnlocked _,DelegateAllowed _,DelegateWithdrawn _ ->
                {
                }
        }
    }

    private void endAll(int generation, String account, Occurrence when) {
        db.sql("select public_key from accounts_key where generation = ? and id = ?").param(generation).param(account)
                .query(String.class).list().forEach(key -> update(generation, key, shown -> shown.revoked(when.at())));
    }

    private void insert(int generation, Occurrence when, KeyView key) {
        db.sql("insert into accounts_key (generation, seq, id, public_key, body) values (?, ?, ?, ?, ?)").param(generation)
                .param(when.position()).param(key.account()).param(key.publicKey()).param(Json.write(key)).update();
    }

    private KeyView find(int generation, String key) {
        return db.sql("select body from accounts_key where generation = ? and public_key = ?").param(generation).param(key)
                .query((row, _) -> Json.read(row.getString(1), KeyView.class)).single();
    }

    private void update(int generation, String key, UnaryOperator<KeyView> change) {
        db.sql("update accounts_key set body = ? where generation = ? and public_key = ?")
                .param(Json.write(change.apply(find(generation, key)))).param(generation).param(key).update();
    }
}
