package io.promptaudit.server.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Compares passwords with their slow hashes, and remembers for a while which passwords were right, so that a client pays for
 * the hash once. A memory is worth nothing after the hash changed, and holds no password.
 */
@Component
class PasswordVerifier {
    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final PasswordEncoder encoder;
    private final String vainHash;
    private final SecretKeySpec key = randomKey();
    private final Cache<String, Verified> verified = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED).build();
    /** A hash takes its memory and a core: more at once than there are cores only take the memory. */
    private final Semaphore hashing = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    PasswordVerifier(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.vainHash = String.valueOf(encoder.encode(new String(randomKey().getEncoded(), StandardCharsets.ISO_8859_1)));
    }

    /** Whether this is the password behind the hash. */
    boolean verify(String account, String hash, String password) {
        byte[] mark = mark(password);
        Verified known = verified.getIfPresent(account);
        if (known != null && known.hash().equals(hash) && MessageDigest.isEqual(known.mark(), mark)) {
            return true;
        }
        boolean right = matches(password, hash);
        if (right) {
            verified.put(account, new Verified(hash, mark));
        }
        return right;
    }

    /** Takes as long as a comparison, so that nobody learns by the time which accounts exist. */
    void verifyInVain(String password) {
        matches(password, vainHash);
    }

    private boolean matches(String password, String hash) {
        hashing.acquireUninterruptibly();
        try {
            return encoder.matches(password, hash);
        } finally {
            hashing.release();
        }
    }

    private byte[] mark(String password) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(password.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static SecretKeySpec randomKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new SecretKeySpec(bytes, HMAC);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Verified(String hash, byte[] mark) {}
}
