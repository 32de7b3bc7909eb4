package io.promptaudit.server.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps places for a month in the table {@code known_place}, as keyed digests that tell nobody an address. */
public final class StoredPlaces implements KnownPlaces {
    private static final Logger LOG = LoggerFactory.getLogger(StoredPlaces.class);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final Duration REFRESHED = Duration.ofDays(1);
    private static final int MOST_IN_MEMORY = 10_000;

    private final JdbcClient db;
    private final SecretKey key;
    private final InstantSource clock;
    /** Places that were written down in the last day. */
    private final Cache<String, Boolean> written = Caffeine.newBuilder().maximumSize(MOST_IN_MEMORY)
            .expireAfterWrite(REFRESHED).build();

    /** @param key for HMAC-SHA256 */
    public StoredPlaces(JdbcClient db, SecretKey key, InstantSource clock) {
        this.db = db;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public boolean knows(String name, String network) {
        String place = place(name, network);
        return written.getIfPresent(place) != null || db
                .sql("select count(*) from known_place where place = ? and seen_at >= ?").params(place, ago(KEPT))
                .query(Long.class).single() > 0;
    }

    @Override
    public void remember(String name, String network, String account) {
        String place = place(name, network);
        if (written.getIfPresent(place) != null) {
            return;
        }
        try {
            var now = ago(Duration.ZERO);
            if (db.sql("update known_place set seen_at = ? where place = ?").params(now, place).update() == 0) {
                db.sql("insert into known_place (place, account_id, seen_at) values (?, ?, ?)").params(place, account, now)
                        .update();
            }
            written.put(place, true);
        } catch (DataAccessException e) {
            // Also two at once for the first time. The next sign-in tries again.
            LOG.debug("a place was not remembered", e);
        }
    }

    /** Forgets the places that nobody used for a month. */
    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    public void forgetUnused() {
        db.sql("delete from known_place where seen_at < ?").param(ago(KEPT)).update();
    }

    private OffsetDateTime ago(Duration age) {
        return clock.instant().minus(age).atOffset(ZoneOffset.UTC);
    }

    private String place(String name, String network) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((name + "\n" + network).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
