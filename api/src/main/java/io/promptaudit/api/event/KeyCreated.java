package io.promptaudit.api.event;

import java.time.Instant;
import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;

/**
 * The account has a further API key. Its secret is in no event.
 *
 * @param key the public half
 * @param expiresAt when it ends by itself, or null
 * @param grants what it is limited to, beside the account's own grants; null for no further limit
 */
@Revision("1")
public record KeyCreated(String account, String key, String name, @Nullable Instant expiresAt,
        @Nullable List<Grant> grants) implements AccountEvent {}
