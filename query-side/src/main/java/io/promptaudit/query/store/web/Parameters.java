package io.promptaudit.query.store.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

import io.promptaudit.api.MalformedRequest;

/** The query parameters of a request, read strictly: an unknown, repeated or malformed one is refused by its name. */
public final class Parameters {
    /** The header with a position that the answer must not be older than. */
    public static final String POSITION = "Audit-Position";
    /** The moments that views can hold; the store answers about no others. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final MultiValueMap<String, String> sent;

    private Parameters(MultiValueMap<String, String> sent) {
        this.sent = sent;
    }

    /**
     * The parameters sent.
     *
     * @throws MalformedRequest when one is not known, or sent more than once
     */
    public static Parameters of(MultiValueMap<String, String> sent, Set<String> known) {
        sent.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw new MalformedRequest(name, "is not a known parameter");
            }
            if (values.size() > 1) {
                throw new MalformedRequest(name, "was sent more than once");
            }
        });
        return new Parameters(sent);
    }

    /** The value as sent. */
    public Optional<String> text(String name) {
        return sent.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * A whole number.
     *
     * @throws MalformedRequest when the value is none, or less than the least
     */
    public Optional<Long> whole(String name, long least) {
        return text(name).map(value -> whole(name, value, least));
    }

    /**
     * How many items a page may have.
     *
     * @throws MalformedRequest when the value is no whole number from 1 to {@code most}
     */
    public int limit(int usual, int most) {
        return text("limit").map(value -> {
            if (!DIGITS.matcher(value).matches() || Long.parseLong(value) < 1 || Long.parseLong(value) > most) {
                throw new MalformedRequest("limit", "must be a whole number from 1 to " + most);
            }
            return Integer.parseInt(value);
        }).orElse(usual);
    }

    /**
     * A moment, ISO-8601 with an offset.
     *
     * @throws MalformedRequest when the value is none
     */
    public Optional<Instant> moment(String name) {
        return text(name).map(value -> {
            try {
                var moment = OffsetDateTime.parse(value).toInstant();
                if (!moment.isBefore(FIRST) && moment.isBefore(LAST)) {
                    return moment;
                }
            } catch (DateTimeException _) {
                // Answered below.
            }
            throw new MalformedRequest(name, "must be a time such as 2026-01-31T12:00:00Z");
        });
    }

    /**
     * The position that an answer must not be older than, as the header {@link #POSITION} says; null when it says nothing.
     *
     * @throws MalformedRequest when it is no whole number
     */
    public static @Nullable Long position(@Nullable String header) {
        return header == null ? null : Long.valueOf(whole(POSITION, header, 0));
    }

    /**
     * Reads a whole number that was sent under this name, as digits only.
     *
     * @throws MalformedRequest when it is none, or less than the least
     */
    public static long whole(String name, String value, long least) {
        if (DIGITS.matcher(value).matches()) {
            long number = Long.parseLong(value);
            if (number >= least) {
                return number;
            }
        }
        throw new MalformedRequest(name, "must be a whole number from " + least);
    }
}
