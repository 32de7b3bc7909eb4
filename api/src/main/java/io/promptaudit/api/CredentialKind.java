package io.promptaudit.api;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** How somebody proves who they are. */
public enum CredentialKind {
    /** An account's id and its password. */
    PASSWORD,
    /** An API key: its public and secret half, or the secret half alone. */
    KEY,
    /** A token that an identity provider issued. */
    TOKEN;

    /** The name in JSON, for example {@code password}. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
