package io.promptaudit.ledger.pack;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Base64Text;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.CanonicalText;
import io.promptaudit.ledger.encoding.Decimal;
import io.promptaudit.ledger.encoding.UtcTime;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.leaf.StoredEvent;

/**
 * One line of {@code events.ndjson}: an event as it is stored, and its place in the one order.
 *
 * @param position from 1: the index of the event's entry plus one
 * @param event the event
 */
public record EventLine(long position, StoredEvent event) {
    /** Where they lie in a pack. */
    public static final String MEMBER = "events.ndjson";

    /** Bytes in a line at most: a payload and metadata of several mebibytes in base64. */
    public static final int MAX_LENGTH = 16 << 20;

    private static final String WHERE = "event";
    private static final int REQUIRED = 8;

    /** Checks both numbers. */
    public EventLine {
        if (position < 1) {
            throw new MalformedInput(WHERE + ", position", "is not from 1 to 2^63 - 1");
        }
        if (event.sequence() < 0) {
            throw new MalformedInput(WHERE + ", sequence", "is not from 0 to 2^63 - 1");
        }
    }

    /**
     * The line: canonical JSON (RFC 8785) of strings, and a line feed.
     *
     * @throws IllegalArgumentException if a text has a lone surrogate
     */
    public byte[] encode() {
        var members = new TreeMap<>(Map.of("aggregate", event.aggregateId(), "eventId", event.eventId(), "metadata",
                Base64Text.encode(event.metadata().toArray()), "payload", Base64Text.encode(event.payload().toArray()),
                "payloadType", event.payloadType(), "position", Decimal.format(position), "recordedAt", event.timestamp(),
                "sequence", Decimal.format(event.sequence())));
        optional(members, "payloadRevision", event.payloadRevision());
        optional(members, "type", event.aggregateType());
        byte[] json = CanonicalText.encode(members);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    private static void optional(SortedMap<String, String> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /**
     * Reads a line.
     *
     * @param line with its line feed
     * @throws MalformedInput unless {@link #encode()} would give these very bytes
     */
    public static EventLine parse(byte[] line) {
        if (line.length == 0 || line[line.length - 1] != '\n') {
            throw new MalformedInput(WHERE, "does not end with a line feed");
        }
        SortedMap<String, String> members = CanonicalText.parse(Arrays.copyOf(line, line.length - 1), WHERE);
        String revision = members.get("payloadRevision");
        String type = members.get("type");
        if (members.size() != REQUIRED + (revision == null ? 0 : 1) + (type == null ? 0 : 1)) {
            throw new MalformedInput(WHERE, "has too many or too few members");
        }
        return new EventLine(Decimal.parse(member(members, "position"), WHERE + ", position"),
                new StoredEvent(member(members, "eventId"), member(members, "aggregate"),
                        Decimal.parse(member(members, "sequence"), WHERE + ", sequence"), type, member(members, "payloadType"),
                        revision, member(members, "recordedAt"), bytes(members, "payload"), bytes(members, "metadata")));
    }

    private static String member(SortedMap<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) {
            throw new MalformedInput(WHERE, "has no member " + name);
        }
        return value;
    }

    private static Bytes bytes(SortedMap<String, String> members, String name) {
        return Bytes.of(Base64Text.decode(member(members, name), WHERE + ", " + name));
    }

    /**
     * When the event was recorded.
     *
     * @throws MalformedInput if the stored text is no ISO 8601 time in UTC
     */
    public Instant recordedAt() {
        return UtcTime.parse(event.timestamp(), WHERE + ", recordedAt");
    }

    /**
     * The entry that this event has in the ledger.
     *
     * @throws MalformedInput if its id or time can be in no entry
     */
    public EventLeaf leaf() {
        return new EventLeaf(event.eventId(), position, recordedAt(), event.hash());
    }
}
