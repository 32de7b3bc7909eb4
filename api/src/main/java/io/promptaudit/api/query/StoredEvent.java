package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One event exactly as the event store keeps it.
 *
 * @param sequence its number within the prompt, from 0
 * @param position its position in the one order of all events
 * @param type the stored name of the payload's type
 * @param revision the stored revision of that type
 * @param payload the stored bytes, in base64
 * @param payloadDigest {@code sha256:} and the SHA-256 of those bytes in hex
 * @param metadata the stored bytes, in base64
 * @param metadataDigest {@code sha256:} and the SHA-256 of those bytes in hex
 * @param readable the same for reading; not what the digests are of
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredEvent(long sequence, long position, String eventId, String type, @Nullable String revision,
        Instant recordedAt, String payload, String payloadDigest, String metadata, String metadataDigest,
        ReadableForm readable) {

    /** Payload and metadata as JSON values; null where the stored bytes are no JSON. */
    public record ReadableForm(@Nullable Object payload, @Nullable Object metadata) {}
}
