package io.promptaudit.command.account;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;

/** Makes sure that somebody is left who can administer the server. */
public final class Admins {
    private final JdbcClient db;
    private final Accounts accounts;

    /** Looks at every account that can sign in. */
    public Admins(JdbcClient db, Accounts accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /** The persons who are admins and can sign in, with a password or at an identity provider. */
    public Set<String> persons() {
        return able(db.sql("select account_id from credential union select account_id from account_identity")
                .query(String.class).list()).filter(admin -> admin.kind() == AccountKind.PERSON).map(Caller::account)
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
        if (able(others).findAny().isEmpty()) {
            throw new CommandRejected(Rule.LAST_ADMIN, "no other account that can sign in is an admin");
        }
    }

    private Stream<Caller> able(List<String> candidates) {
        return candidates.stream().map(candidate -> new Caller(candidate, AccountKind.PERSON, null, List.of(), "none"))
                .flatMap(presented -> accounts.current(presented).stream()).filter(caller -> caller.holds(Role.ADMIN));
    }
}
