package io.promptaudit.command.validation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;

/** What identifies a version's substance: anyone can compute it from type, content and config. */
public final class Digests {

    private Digests() {}

    /**
     * {@code sha256:} and, in hex, the SHA-256 of the canonical JSON (RFC 8785) of {@code {"config","content","type"}}.
     * Meant for values that {@link CommandValidator} passed: others may lose digits on the way.
     */
    public static String of(PromptType type, Content content, Map<String, Object> config) {
        byte[] canonical = CanonicalJson.of(Map.of("config", config, "content", content, "type", type));
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
