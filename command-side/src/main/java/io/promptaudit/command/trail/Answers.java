package io.promptaudit.command.trail;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
import io.promptaudit.command.trail.RequestContext.Idempotency;

/**
 * The first answers to requests with an {@code Idempotency-Key}, kept in the transaction of their event: two equal requests
 * make one event, and a crash between commit and answer loses nothing.
 */
public final class Answers {
    private final JdbcClient db;
    private final SecretKey key;

    /**
     * Keeps the answers in the table {@code answer}.
     *
     * @param key for HMAC-SHA256: a request may hold a password, and whoever reads the table must not be able to guess it
     */
    public Answers(JdbcClient db, SecretKey key) {
        this.db = db;
        this.key = key;
    }

    /** A kept answer: an event that was recorded, or a refusal that is on record. */
    record Kept(String eventId, @Nullable Integer version, @Nullable Long revision, boolean pending, @Nullable Rule rule,
            @Nullable String detail, @Nullable Long policyRevision) {}

    /**
     * The answer that was given under this key.
     *
     * @throws IdempotencyConflict when it was given to another request
     */
    Optional<Kept> find(String account, Idempotency idempotency) {
        return db.sql("""
                select request_digest, event_id, version, revision, pending, rule, detail, policy_revision from answer
                where account_id = ? and idempotency_key = ?""").params(account, idempotency.key()).query((row, n) -> {
            if (!mark(idempotency).equals(row.getString(1))) {
                throw new IdempotencyConflict("the Idempotency-Key was used before with another request", null);
            }
            String rule = row.getString(6);
            return new Kept(row.getString(2), row.getObject(3, Integer.class), row.getObject(4, Long.class), row.getBoolean(5),
                    rule == null ? null : Rule.valueOf(rule), row.getString(7), row.getObject(8, Long.class));
        }).optional();
    }

    void keep(String account, Idempotency idempotency, Decided decided, Instant now) {
        insert(account, idempotency,
                new Kept(String.valueOf(decided.eventId()), decided.version(), decided.revision(), decided.pending(), null, null,
                        null),
                now);
    }

    void keep(String account, Idempotency idempotency, CommandRejected refusal, String eventId, Instant now) {
        insert(account, idempotency,
                new Kept(eventId, null, null, false, refusal.rule(), refusal.getMessage(), refusal.policyRevision()), now);
    }

    private void insert(String account, Idempotency idempotency, Kept kept, Instant now) {
        Rule rule = kept.rule();
        db.sql("""
                insert into answer (account_id, idempotency_key, request_digest, event_id, version, revision, pending, rule,
                        detail, policy_revision, kept_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(account).param(idempotency.key()).param(mark(idempotency)).param(kept.eventId())
                .param(kept.version()).param(kept.revision()).param(kept.pending()).param(rule == null ? null : rule.name())
                .param(kept.detail())
                .param(kept.policyRevision()).param(now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private String mark(Idempotency idempotency) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(idempotency.requestDigest().getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /** Forgets answers kept before this moment. */
    public int forgetBefore(Instant moment) {
        return db.sql("delete from answer where kept_at < ?").param(moment.atOffset(ZoneOffset.UTC)).update();
    }
}
