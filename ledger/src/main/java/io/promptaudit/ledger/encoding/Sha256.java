package io.promptaudit.ledger.encoding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of everything here (FIPS 180-4). */
public final class Sha256 {
    private Sha256() {}

    /** A new digest, for one thread at a time. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
