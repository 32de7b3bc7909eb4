package io.promptaudit.command.account;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Identity;
import io.promptaudit.api.Rule;

/**
 * Whose account an identity is. A table finds it, one row for each, written in the transaction of its event; the event decides.
 * A row stays when the account is closed or erased, so that the same person does not come back as somebody else.
 */
public final class Identities {
    private static final int MOST_REMEMBERED = 10_000;

    private final JdbcClient db;
    private final Accounts accounts;
    private final Cache<Identity, String> remembered = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    /** Keeps the identities in the table {@code account_identity}. */
    public Identities(JdbcClient db, Accounts accounts) {
        this.db = db;
        this.accounts = accounts;
    }

    /** The account that is linked to this identity, whatever became of it. */
    public Optional<AccountState> account(Identity identity) {
        Optional<AccountState> known = Optional.ofNullable(remembered.getIfPresent(identity)).flatMap(id -> owner(id, identity));
        if (known.isPresent()) {
            return known;
        }
        Optional<AccountState> found = row(identity).flatMap(id -> owner(id, identity));
        found.ifPresent(account -> remembered.put(identity, account.account()));
        return found;
    }

    private Optional<AccountState> owner(String account, Identity identity) {
        return accounts.find(account).filter(state -> identity.equals(state.identity()));
    }

    private Optional<String> row(Identity identity) {
        return db.sql("select account_id from account_identity where issuer = ? and subject = ?")
                .params(identity.issuer(), identity.subject()).query(String.class).optional();
    }

    /**
     * Links the identity to the account, in place of any before. Of two accounts at once, the later fails on the table's key.
     *
     * @throws CommandRejected when another account has it
     */
    void link(String account, Identity identity) {
        if (row(identity).filter(other -> !other.equals(account)).isPresent()) {
            throw new CommandRejected(Rule.IDENTITY_TAKEN, "another account is linked to this identity");
        }
        db.sql("delete from account_identity where account_id = ?").param(account).update();
        db.sql("insert into account_identity (issuer, subject, account_id) values (?, ?, ?)")
                .params(identity.issuer(), identity.subject(), account).update();
    }
}
