package io.promptaudit.command.account;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.KeyUses;

/**
 * The hashed secrets of API keys and when those were last used. Which keys are good, the accounts' events say; this table only
 * proves that somebody holds one.
 */
public final class Keys implements KeyUses, MadeKeys {
    private final JdbcClient db;
    private final InstantSource clock;
    private final Map<String, Instant> unwritten = new ConcurrentHashMap<>();

    /** A key's owner and the hash of its secret. */
    record Key(String publicKey, String account, String secretHash) {}

    /** Keeps the hashes in the table {@code api_key}. */
    public Keys(JdbcClient db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    void add(String publicKey, String account, String secretHash, String madeBy) {
        db.sql("insert into api_key (public_key, account_id, secret_hash, event_id) values (?, ?, ?, ?)")
                .params(publicKey, account, secretHash, madeBy).update();
    }

    /** Forgets the secret's hash. */
    void end(String publicKey) {
        db.sql("update api_key set secret_hash = null where public_key = ?").param(publicKey).update();
    }

    /** Forgets the hashes of all secrets of the account. */
    void endAll(String account) {
        db.sql("update api_key set secret_hash = null where account_id = ?").param(account).update();
    }

    Optional<Key> find(String publicKey) {
        return find("public_key", publicKey);
    }

    Optional<Key> findBySecret(String secretHash) {
        return find("secret_hash", secretHash);
    }

    private Optional<Key> find(String column, String value) {
        return db.sql("select public_key, account_id, secret_hash from api_key where secret_hash is not null and " + column
                + " = ?").param(value).query((row, _) -> new Key(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }

    @Override
    public Optional<String> madeBy(String eventId) {
        return db.sql("select public_key from api_key where event_id = ?").param(eventId).query(String.class).optional();
    }

    /** Notes that the key was used now. Costs no write: {@link #writeUses} does that for many uses together. */
    public void used(String publicKey) {
        unwritten.put(publicKey, clock.instant());
    }

    /** Writes down what was noted since the last time. To be called once a minute. */
    public void writeUses() {
        unwritten.forEach((key, at) -> {
            db.sql("update api_key set last_used = ? where public_key = ?").param(at.atOffset(ZoneOffset.UTC)).param(key)
                    .update();
            unwritten.remove(key, at);
        });
    }

    @Override
    public Map<String, Instant> lastOf(String account) {
        var uses = new HashMap<String, Instant>();
        db.sql("select public_key, last_used from api_key where account_id = ? and last_used is not null").param(account)
                .query(row -> {
                    uses.put(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return uses;
    }
}
