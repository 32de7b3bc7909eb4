package io.promptaudit.command.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The two halves of an API key. The secret has 256 random bits, so that nobody guesses it and one SHA-256 guards it well.
 *
 * @param publicKey begins with {@code pk-}
 * @param secretKey begins with {@code sk-}; shown once and kept nowhere
 */
public record KeyPair(String publicKey, String secretKey) {
    /** What public halves begin with. */
    public static final String PUBLIC = "pk-";
    /** What secrets begin with. */
    public static final String SECRET = "sk-";

    private static final int PUBLIC_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new key, as URL-safe Base64 without padding (RFC 4648, 5). */
    public static KeyPair random() {
        return new KeyPair(PUBLIC + random(PUBLIC_BYTES), SECRET + random(SECRET_BYTES));
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is kept of this key's secret. */
    public String secretHash() {
        return hash(secretKey);
    }

    /** SHA-256 of a secret in UTF-8, in lower-case hexadecimal. */
    public static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    @Override
    public String toString() {
        return "KeyPair[" + publicKey + "]";
    }
}
