package io.promptaudit.command.trail;

import org.jspecify.annotations.Nullable;

/**
 * Where a command came from.
 *
 * @param requestId random, one for each request
 * @param traceId the W3C trace id the caller sent, or the request id
 * @param address the client's address; kept only encrypted
 * @param userAgent the client's program; kept only encrypted
 * @param idempotency the key under which the first answer is kept, or null
 */
public record RequestContext(String requestId, String traceId, @Nullable String address, @Nullable String userAgent,
        @Nullable Idempotency idempotency) {

    /**
     * A key chosen by the caller, and what it stands for.
     *
     * @param requestDigest SHA-256, in hex, of the request's method, path, person acted for and body
     */
    public record Idempotency(String key, String requestDigest) {}
}
