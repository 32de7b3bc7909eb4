package io.promptaudit.command.account;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;

/** Makes sure that somebody is left who can administer the server. */
public final class Admins {
    private final JdbcClient db;
    private final Accounts accounts;

    /** Looks at every account that has a password, because only those can sign in. */
    public Admins(JdbcClient db, Accounts accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /**
     * @throws CommandRejected when no other active account is an admin that can sign in
     */
    void requireAnotherThan(String account) {
        List<String> others = db.sql("select account_id from credential where account_id <> ?").param(account)
                .query(String.class).list();
        boolean another = others.stream().anyMatch(other -> accounts.byPassword(other)
                .flatMap(known -> accounts.current(known.caller())).filter(caller -> caller.holds(Role.ADMIN)).isPresent());
        if (!another) {
            throw new CommandRejected(Rule.LAST_ADMIN, "no other account that can sign in is an admin");
        }
    }
}
