package io.promptaudit.api.event;

import java.time.Instant;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A key has a successor with the same name and limits, and ends.
 *
 * @param key the public half of the key that ends
 * @param endsAt when it does
 * @param successor the public half of the new key
 * @param expiresAt when the new key ends by itself, or null
 */
@Revision("1")
public record KeyRotated(String account, String key, Instant endsAt, String successor,
        @Nullable Instant expiresAt) implements AccountEvent {}
