package io.promptaudit.query.accounts;

import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.KeyUses;
import io.promptaudit.api.query.KeyView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ViewQuery.ListKeys;
import io.promptaudit.query.gate.Sight;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.Where;

/** Answers about an account's API keys: to who reads everything, to others about their own. */
@Component
class KeyQueries {
    private final JdbcClient db;
    private final ViewHeads heads;
    private final KeyUses uses;

    KeyQueries(JdbcClient db, ViewHeads heads, KeyUses uses) {
        this.db = db;
        this.heads = heads;
        this.uses = uses;
    }

    @QueryHandler
    Page.Keys handle(ListKeys query) {
        heads.await(Accounts.GROUP, query.position());
        var account = Where.current(Accounts.GROUP).and("t.id = ?", query.account());
        if (db.sql("select t.id from accounts_account t" + account.sql()).params(account.parameters()).query(String.class)
                .optional().isEmpty()) {
            throw Sight.unknownAccount(query.account());
        }
        var used = uses.lastOf(query.account());
        return Paging.page(query.slice(), _ -> true, Page.Keys::new, (before, most) -> {
            var where = Where.current(Accounts.GROUP).and("t.id = ?", query.account()).and("t.seq < ?", before);
            return db.sql("select t.seq, t.body from accounts_key t" + where.sql() + Where.newest(most))
                    .params(where.parameters()).query((row, _) -> {
                        var key = Json.read(row.getString(2), KeyView.class);
                        return new Paging.Row<>(row.getLong(1), key.used(used.get(key.publicKey())));
                    }).list();
        });
    }
}
