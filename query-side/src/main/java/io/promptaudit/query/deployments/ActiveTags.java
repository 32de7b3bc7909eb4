package io.promptaudit.query.deployments;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import io.promptaudit.api.query.ActiveTag;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.query.view.Json;

/** Makes tags of what is active. */
public final class ActiveTags {
    private ActiveTags() {}

    /** The answer's tag: a digest of all it says. */
    public static ActiveTag of(ActiveView active) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(Json.write(active).getBytes(StandardCharsets.UTF_8));
            return new ActiveTag(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
