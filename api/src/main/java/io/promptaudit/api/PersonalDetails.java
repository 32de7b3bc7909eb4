package io.promptaudit.api;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the person behind an event. Kept encrypted under a key of the account's own, so that it can be erased.
 *
 * @param contact how to reach the person; in events that describe an account, else null
 */
public record PersonalDetails(@Nullable String displayName, @Nullable String contact, @Nullable String address,
        @Nullable String userAgent) {

    /** Somebody in a request. */
    public PersonalDetails(@Nullable String displayName, @Nullable String address, @Nullable String userAgent) {
        this(displayName, null, address, userAgent);
    }

    /** Opens sealed details. */
    public interface Vault {
        /** The details, or null once the account's key has been erased or when there are none. */
        @Nullable
        PersonalDetails open(String account, @Nullable String sealed);
    }
}
