package io.promptaudit.query.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.query.Slice;

/**
 * What a request asks for beside its path. Strict: a parameter that is unknown, given twice or not of its form is refused, because
 * a filter that is passed over in silence gives a wrong answer. Every method throws {@link MalformedRequest} naming it.
 */
public final class Parameters {
    /** The header with a position the answer must not be older than. */
    public static final String POSITION = "Audit-Position";
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9998;

    private final Map<String, String> values;
    private final @Nullable String position;

    private Parameters(Map<String, String> values, @Nullable String position) {
        this.values = values;
        this.position = position;
    }

    /** The parameters of a request that may have these. */
    public static Parameters of(HttpServletRequest request, String... known) {
        var values = new TreeMap<String, String>();
        request.getParameterMap().forEach((name, given) -> {
            if (!List.of(known).contains(name)) {
                throw new MalformedRequest(name, "is not a known parameter" + (known.length == 0
                        ? ""
                        : "; known are " + String.join(", ", known)));
            }
            if (given.length != 1) {
                throw new MalformedRequest(name, "must be given once");
            }
            values.put(name, given[0]);
        });
        return new Parameters(values, request.getHeader(POSITION));
    }

    /** The parameters of a list that has these filters. */
    public static Parameters ofList(HttpServletRequest request, String... filters) {
        return of(request, Stream.concat(Stream.of(filters), Stream.of("limit", "cursor")).toArray(String[]::new));
    }

    /** The position the answer must not be older than, or null. */
    public @Nullable Long position() {
        return position == null ? null : Long.valueOf(whole(POSITION, position, 0));
    }

    /** A version's number from a path. */
    static int versionOf(String segment) {
        return version("version", segment);
    }

    /** A version's number that must be given. */
    public int version(String name) {
        return version(name, required(name));
    }

    private static int version(String name, String text) {
        // No prompt has so many versions: the answer is "unknown", not a number cut off.
        return (int) Math.min(whole(name, text, 1), Integer.MAX_VALUE);
    }

    /** A whole number, in digits, or null; one of more than 18 digits is none. */
    public @Nullable Long whole(String name, long least) {
        String value = values.get(name);
        return value == null ? null : Long.valueOf(whole(name, value, least));
    }

    /** The whole number, in digits, that was sent under this name. */
    public static long whole(String name, String text, long least) {
        long number = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
        if (number < least) {
            throw new MalformedRequest(name, "must be a whole number from " + least);
        }
        return number;
    }

    /** A text, or null when it is not given; an empty one is none. */
    public @Nullable String text(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A text that must be given. */
    public String required(String name) {
        String value = text(name);
        if (value == null) {
            throw new MalformedRequest(name, "is required");
        }
        return value;
    }

    /** A moment, or null. */
    public @Nullable Instant time(String name) {
        String value = values.get(name);
        if (value == null) {
            return null;
        }
        try {
            var moment = OffsetDateTime.parse(value).toInstant();
            int year = moment.atOffset(ZoneOffset.UTC).getYear();
            if (year >= FIRST_YEAR && year <= LAST_YEAR) {
                return moment.truncatedTo(ChronoUnit.MILLIS);
            }
        } catch (DateTimeException _) {
            // Answered below.
        }
        throw new MalformedRequest(name,
                "must be a time in ISO 8601 with offset, such as 2026-01-31T12:00:00Z, a plus sign being percent-encoded");
    }

    /** One of a few words, or null. */
    public <E> @Nullable E choice(String name, E[] choices, Function<E, String> word) {
        String value = values.get(name);
        if (value == null) {
            return null;
        }
        return Stream.of(choices).filter(choice -> word.apply(choice).equals(value)).findFirst()
                .orElseThrow(() -> new MalformedRequest(name,
                        "must be one of " + Stream.of(choices).map(word).collect(Collectors.joining(", "))));
    }

    /** Which part of a list is wanted. */
    public Slice slice() {
        String limit = values.get("limit");
        long wanted = limit == null ? Slice.USUAL : whole("limit", limit, 0);
        return new Slice((int) Math.min(wanted, Integer.MAX_VALUE), values.get("cursor"));
    }
}
