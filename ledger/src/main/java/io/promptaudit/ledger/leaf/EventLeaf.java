package io.promptaudit.ledger.leaf;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.CanonicalText;
import io.promptaudit.ledger.encoding.Decimal;
import io.promptaudit.ledger.encoding.JsonString;
import io.promptaudit.ledger.encoding.UtcTime;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.tree.Hash;

/**
 * The entry of one event: which it is, where it stands and what it commits to. It names neither prompts nor people.
 *
 * @param eventId the event's id, printable ASCII
 * @param position in the one order, from 1: the entry's index plus one
 * @param recordedAt the event's time
 * @param eventHash {@link StoredEvent#hash()}
 */
public record EventLeaf(String eventId, long position, Instant recordedAt, Hash eventHash) {
    private static final Set<String> NAMES = Set.of("eventHash", "eventId", "kind", "position", "recordedAt", "v");
    private static final String KIND = "event";
    private static final String VERSION = "1";
    private static final String HASH_PREFIX = "sha256:";
    private static final int MAX_ID_LENGTH = 64;
    private static final int ROOM = 320;

    /** Checks id and position. */
    public EventLeaf {
        if (eventId.isEmpty() || eventId.length() > MAX_ID_LENGTH || !eventId.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new MalformedInput("entry, eventId", "is not from 1 to %d printable ASCII characters".formatted(MAX_ID_LENGTH));
        }
        if (position < 1) {
            throw new MalformedInput("entry, position", "is not from 1 to 2^63 - 1");
        }
    }

    /** The bytes of the entry: canonical JSON (RFC 8785) of strings. */
    public byte[] encode() {
        // The names stand in their order already.
        var json = new StringBuilder(ROOM).append("{\"eventHash\":\"").append(HASH_PREFIX)
                .append(HexFormat.of().formatHex(eventHash.toArray())).append("\",\"eventId\":");
        JsonString.append(json, eventId);
        return Utf8.encode(json.append(",\"kind\":\"").append(KIND).append("\",\"position\":\"").append(position)
                .append("\",\"recordedAt\":\"").append(recordedAt).append("\",\"v\":\"").append(VERSION).append("\"}")
                .toString());
    }

    /**
     * Reads an entry.
     *
     * @throws MalformedInput unless {@link #encode()} would give these very bytes
     */
    public static EventLeaf parse(byte[] entry) {
        SortedMap<String, String> members = CanonicalText.parse(entry, "entry");
        if (!members.keySet().equals(NAMES)) {
            throw new MalformedInput("entry", "has other members than " + new TreeSet<>(NAMES));
        }
        require(members, "v", VERSION);
        require(members, "kind", KIND);
        return new EventLeaf(member(members, "eventId"), Decimal.parse(member(members, "position"), "entry, position"),
                instant(member(members, "recordedAt")), hash(member(members, "eventHash")));
    }

    private static String member(SortedMap<String, String> members, String name) {
        return members.getOrDefault(name, "");
    }

    private static void require(SortedMap<String, String> members, String name, String value) {
        if (!member(members, name).equals(value)) {
            throw new MalformedInput("entry, " + name, "is not " + value);
        }
    }

    private static Instant instant(String text) {
        Instant instant = UtcTime.parse(text, "entry, recordedAt");
        if (!instant.toString().equals(text)) {
            throw new MalformedInput("entry, recordedAt", "is not in its one form");
        }
        return instant;
    }

    private static Hash hash(String text) {
        String digits = text.startsWith(HASH_PREFIX) ? text.substring(HASH_PREFIX.length()) : "";
        if (digits.length() != 2 * Hash.LENGTH
                || !digits.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new MalformedInput("entry, eventHash", "is not sha256: and 64 small hexadecimal digits");
        }
        return Hash.of(HexFormat.of().parseHex(digits));
    }
}
