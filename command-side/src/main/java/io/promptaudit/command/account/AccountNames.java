package io.promptaudit.command.account;

import java.util.Locale;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The ids that were ever given, without regard to case: two people must not differ by a capital letter only. Written in the
 * transaction of the account's first event and never removed.
 */
public final class AccountNames {
    private final JdbcClient db;

    /** Keeps the ids in the table {@code account_name}. */
    public AccountNames(JdbcClient db) {
        this.db = db;
    }

    /** Takes the id; answers false when it was taken before. Of two at once, the later fails on the table's key. */
    boolean take(String account) {
        String name = account.toLowerCase(Locale.ROOT);
        if (db.sql("select name from account_name where name = ?").param(name).query(String.class).optional().isPresent()) {
            return false;
        }
        db.sql("insert into account_name (name) values (?)").param(name).update();
        return true;
    }
}
