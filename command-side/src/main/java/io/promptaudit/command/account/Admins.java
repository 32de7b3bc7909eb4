package io.promptaudit.command.account;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;

/** Knows who administers the server, and makes sure that somebody is left who can. */
public final class Admins {
    private final JdbcClient db;
    private final Accounts accounts;

    /** Looks at every account that can sign in. */
    public Admins(JdbcClient db, Accounts accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /**
     * The persons who are admins and have a password, or an identity at a provider. Who is locked stays one of them: a lock stops
     * somebody at once, and must not make another admin the only one.
     */
    public Set<String> persons() {
        return db.sql("select account_id from credential union select account_id from account_identity").query(String.class)
                .list().stream().filter(account -> accounts.find(account).filter(AccountState::isAdminInPerson).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Looks at passwords only: an identity provider may not answer, or be taken out of the configuration.
     *
     * @throws CommandRejected when no other active account is an admin that can sign in
     */
    void requireAnotherThan(String account) {
        List<String> others = db.sql("select account_id from credential where account_id <> ?").param(account)
                .query(String.class).list();
        if (others.stream().noneMatch(this::isAbleAdmin)) {
            throw new CommandRejected(Rule.LAST_ADMIN, "no other account that can sign in is an admin");
        }
    }

    private boolean isAbleAdmin(String account) {
        return accounts.current(new Caller(account, AccountKind.PERSON, null, List.of(), "none"))
                .filter(caller -> caller.holds(Role.ADMIN)).isPresent();
    }
}
