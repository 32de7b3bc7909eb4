package io.promptaudit.command.prompt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Recognises a line that was imported before. */
final class Imports {
    private Imports() {}

    /** The same for the same time, author and digest; short, because the aggregate keeps one for every imported version. */
    static String recognition(String claimedAt, String claimedAuthor, String digest) {
        try {
            // A length goes before each part, so that no two lines run into the same text.
            String line = claimedAt.length() + ":" + claimedAt + claimedAuthor.length() + ":" + claimedAuthor + digest;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
