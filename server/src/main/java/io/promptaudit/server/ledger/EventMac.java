package io.promptaudit.server.ledger;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.tree.Hash;

/**
 * Authenticates what the server writes to the event table (HMAC-SHA256 over the event's hash, RFC 2104), under a key that is not in
 * the database: who can insert a row, but does not have the key, puts nothing into the trail.
 */
public final class EventMac {
    private final SecretKey key;

    /** Authenticates with {@code key}. */
    public EventMac(SecretKey key) {
        this.key = key;
    }

    /** The code for the event with this hash. */
    public byte[] of(Hash event) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(event.toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }

    /** Whether the server wrote the event with this hash. */
    public boolean fits(Hash event, @Nullable Bytes mac) {
        return mac != null && MessageDigest.isEqual(of(event), mac.toArray());
    }
}
