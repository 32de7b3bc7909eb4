package io.promptaudit.ledger.leaf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.tree.Hash;

/**
 * An event exactly as it lies in the event store: the bytes that were stored, never a value that was read and written again.
 *
 * @param eventId the event's own id
 * @param aggregateId what it happened to
 * @param sequence its number in the aggregate's history, from 0
 * @param aggregateType if the store has one
 * @param payloadType the name under which the payload is stored
 * @param payloadRevision the payload's, if it has one
 * @param timestamp the stored text
 * @param payload the stored bytes
 * @param metadata the stored bytes
 */
public record StoredEvent(String eventId, String aggregateId, long sequence, @Nullable String aggregateType, String payloadType,
        @Nullable String payloadRevision, String timestamp, Bytes payload, Bytes metadata) {
    private static final byte[] LABEL = "prompt-audit-trail/event/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int ABSENT = -1;

    /**
     * SHA-256 over a label and every field in order, each behind its length, so that no two events have the same bytes
     * ({@code docs/ledger-format.md}, Event hash).
     *
     * @throws IllegalArgumentException if a text has a lone surrogate
     */
    public Hash hash() {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(LABEL);
        text(sha256, eventId);
        text(sha256, aggregateId);
        text(sha256, Long.toString(sequence));
        text(sha256, aggregateType);
        text(sha256, payloadType);
        text(sha256, payloadRevision);
        text(sha256, timestamp);
        field(sha256, payload.toArray());
        field(sha256, metadata.toArray());
        return Hash.of(sha256.digest());
    }

    private static void text(MessageDigest sha256, @Nullable String text) {
        if (text == null) {
            length(sha256, ABSENT);
        } else {
            field(sha256, Utf8.encode(text));
        }
    }

    private static void field(MessageDigest sha256, byte[] bytes) {
        length(sha256, bytes.length);
        sha256.update(bytes);
    }

    private static void length(MessageDigest sha256, int length) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
    }

    /** Says which event, and nothing of its content. */
    @Override
    public String toString() {
        return "event " + eventId;
    }
}
