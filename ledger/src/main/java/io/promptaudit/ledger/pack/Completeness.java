package io.promptaudit.ledger.pack;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.CanonicalText;
import io.promptaudit.ledger.encoding.Decimal;

/**
 * What a pack claims to hold, as {@code completeness.json} says it.
 *
 * @param prompt the prompt whose pack it is; null for the whole trail
 * @param from the beginning of its period, included; null for the trail's
 * @param to the end of its period, excluded; null for the ledger's
 * @param size how many entries the ledger has
 * @param events how many events there are in the pack
 */
public record Completeness(@Nullable String prompt, @Nullable Instant from, @Nullable Instant to, long size, long events) {
    /** Where it lies in a pack. */
    public static final String MEMBER = "completeness.json";

    static final int MAX_LENGTH = 1 << 16;
    private static final Set<String> NAMES = Set.of("events", "from", "prompt", "scope", "size", "to", "v");
    private static final String VERSION = "1";

    /** The bytes of the member: canonical JSON (RFC 8785) of strings. */
    public byte[] encode() {
        var members = new TreeMap<>(Map.of("events", Decimal.format(events), "scope", scope(), "size", Decimal.format(size), "v",
                VERSION));
        put(members, "prompt", prompt);
        put(members, "from", from);
        put(members, "to", to);
        return CanonicalText.encode(members);
    }

    private String scope() {
        return prompt == null ? "trail" : "prompt";
    }

    private static void put(SortedMap<String, String> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value.toString());
        }
    }

    /**
     * Reads a claim.
     *
     * @throws MalformedInput unless {@link #encode()} would give these very bytes
     */
    public static Completeness parse(byte[] bytes) {
        SortedMap<String, String> members = CanonicalText.parse(bytes, MEMBER);
        var claim = new Completeness(members.get("prompt"), instant(members, "from"), instant(members, "to"),
                number(members, "size"), number(members, "events"));
        if (!NAMES.containsAll(members.keySet()) || !VERSION.equals(members.get("v"))
                || !claim.scope().equals(members.get("scope"))) {
            throw new MalformedInput(MEMBER, "is not of version 1, or has other members");
        }
        return claim;
    }

    private static long number(SortedMap<String, String> members, String name) {
        long number = Decimal.parse(members.getOrDefault(name, ""), MEMBER + ", " + name);
        if (number < 0) {
            throw new MalformedInput(MEMBER + ", " + name, "is larger than 2^63 - 1");
        }
        return number;
    }

    private static @Nullable Instant instant(SortedMap<String, String> members, String name) {
        String text = members.get(name);
        try {
            Instant instant = text == null ? null : Instant.parse(text);
            if (instant == null || instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException notAnInstant) {
            throw new MalformedInput(MEMBER + ", " + name, "is no ISO 8601 time in UTC");
        }
        throw new MalformedInput(MEMBER + ", " + name, "is not in its one form");
    }

    /** Whether a moment lies in the period. */
    boolean covers(Instant moment) {
        return (from == null || !moment.isBefore(from)) && isBeforeEnd(moment);
    }

    /** Whether a moment lies before the period's end. */
    boolean isBeforeEnd(Instant moment) {
        return to == null || moment.isBefore(to);
    }
}
