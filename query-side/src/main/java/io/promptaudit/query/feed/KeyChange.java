package io.promptaudit.query.feed;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An API key was made, rotated or revoked.
 *
 * @param key its public half
 * @param expiresAt when it ends by itself
 * @param grants what it is limited to
 * @param successor the key that it was rotated to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyChange(String account, String key, @Nullable String name,
        @JsonFormat(pattern = CloudEvent.MILLISECONDS, timezone = "UTC") @Nullable Instant expiresAt,
        @Nullable List<AccountChange.Granted> grants, @Nullable String successor) {}
