package io.promptaudit.command.account;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The hashed passwords. Secrets are in no event: this table may forget. With them go the places from where they were used. */
public final class Credentials {
    private final JdbcClient db;
    private final Hasher hasher;

    /** Hashes a password with a current algorithm. */
    @FunctionalInterface
    public interface Hasher {
        /** The encoded hash, with its algorithm, parameters and salt. */
        String hash(String password);
    }

    /** Keeps the hashes in the table {@code credential}. */
    public Credentials(JdbcClient db, Hasher hasher) {
        this.db = db;
        this.hasher = hasher;
    }

    Optional<String> passwordHash(String account) {
        return db.sql("select password_hash from credential where account_id = ?").param(account).query(String.class)
                .optional();
    }

    void setPassword(String account, String password) {
        String hash = hasher.hash(password);
        int changed = db.sql("update credential set password_hash = ? where account_id = ?").params(hash, account).update();
        if (changed == 0) {
            db.sql("insert into credential (account_id, password_hash) values (?, ?)").params(account, hash).update();
        }
    }

    void erase(String account) {
        db.sql("delete from credential where account_id = ?").param(account).update();
        db.sql("delete from known_place where account_id = ?").param(account).update();
    }
}
