package io.promptaudit.query.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.query.AccountView;
import io.promptaudit.api.query.AccountView.Change;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ViewQuery.FindAccount;
import io.promptaudit.api.query.ViewQuery.ListAccounts;
import io.promptaudit.api.query.ViewQuery.WhoAmI;
import io.promptaudit.query.gate.Sight;
import io.promptaudit.query.view.Json;
import io.promptaudit.query.view.Paging;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.query.view.Where;

/** Answers about accounts: all of them to who reads everything, to others their own. */
@Component
class AccountQueries {
    private final JdbcClient db;
    private final ViewHeads heads;
    private final PersonalDetails.Vault vault;

    AccountQueries(JdbcClient db, ViewHeads heads, PersonalDetails.Vault vault) {
        this.db = db;
        this.heads = heads;
        this.vault = vault;
    }

    @QueryHandler
    Page.Accounts handle(ListAccounts query) {
        heads.await(Accounts.GROUP, query.position());
        var caller = query.caller();
        return Paging.page(query.slice(), account -> Sight.seesAccount(caller, account.id()), Page.Accounts::new,
                (before, most) -> find(
                        Where.current(Accounts.GROUP).and("t.seq < ?", before)
                                .andIf(caller.readsEverything() ? null : caller.account(), "t.id = ?"),
                        most));
    }

    @QueryHandler
    AccountView handle(FindAccount query) {
        heads.await(Accounts.GROUP, query.position());
        var where = Where.current(Accounts.GROUP).and("t.id = ?", query.account());
        var account = find(where, 1).stream().map(Paging.Row::value).findFirst()
                .orElseThrow(() -> Sight.unknownAccount(query.account()));
        return account.with(db.sql("select t.body from accounts_change t" + where.sql() + " order by t.seq")
                .params(where.parameters()).query((row, _) -> Json.read(row.getString(1), Change.class)).list());
    }

    /** What authentication knows is newer than the view; the view only adds the name. */
    @QueryHandler
    AccountView handle(WhoAmI query) {
        heads.await(Accounts.GROUP, query.position());
        var caller = query.caller();
        var me = new AccountView(caller.account(), null, null, caller.kind(), caller.onBehalfOf(), caller.grants(),
                caller.limits().isEmpty() ? null : caller.limits(), caller.groups(), null, null, null, null, null);
        return find(Where.current(Accounts.GROUP).and("t.id = ?", caller.account()), 1).stream().findFirst()
                .map(row -> me.named(row.value().displayName(), row.value().contact())).orElse(me);
    }

    private List<Paging.Row<AccountView>> find(Where where, int most) {
        return db.sql("select t.seq, t.personal, t.body from accounts_account t" + where.sql()
                + Where.newest(most)).params(where.parameters())
                .query((row, _) -> new Paging.Row<>(row.getLong(1), named(row))).list();
    }

    private AccountView named(ResultSet row) throws SQLException {
        var account = Json.read(row.getString("body"), AccountView.class);
        var person = vault.open(account.id(), row.getString("personal"));
        return person == null ? account : account.named(person.displayName(), person.contact());
    }
}
