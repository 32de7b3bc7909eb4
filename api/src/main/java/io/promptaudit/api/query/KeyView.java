package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;

/**
 * An API key of an account. Its secret is nowhere.
 *
 * @param createdBy the account that made it
 * @param onBehalfOf the person it acted for, or null
 * @param expiresAt when it ends or ended by itself, or null
 * @param grants what it is limited to, beside the account's own grants; null for no further limit
 * @param successor the key that it was rotated to, or null
 * @param revoked when it was revoked, or its account closed; null while it was not
 * @param lastUsedAt when it was last used, to the minute; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyView(String account, String publicKey, String name, Instant created, String createdBy,
        @Nullable String onBehalfOf, @Nullable Instant expiresAt, @Nullable List<Grant> grants, @Nullable String successor,
        @Nullable Instant revoked, @Nullable Instant lastUsedAt) {

    /** The same key, ended by itself at this moment, with a successor. */
    public KeyView rotated(Instant endsAt, String next) {
        return new KeyView(account, publicKey, name, created, createdBy, onBehalfOf, endsAt, grants, next, revoked, lastUsedAt);
    }

    /** A key that takes this one's place. */
    public KeyView successor(String key, Instant at, String by, @Nullable String person, @Nullable Instant end) {
        return new KeyView(account, key, name, at, by, person, end, grants, null, null, null);
    }

    /** The same key, revoked at this moment unless it was before. */
    public KeyView revoked(Instant at) {
        return new KeyView(account, publicKey, name, created, createdBy, onBehalfOf, expiresAt, grants, successor,
                revoked == null ? at : revoked, lastUsedAt);
    }

    /** The same key with its last use. */
    public KeyView used(@Nullable Instant at) {
        return new KeyView(account, publicKey, name, created, createdBy, onBehalfOf, expiresAt, grants, successor, revoked, at);
    }
}
