package io.promptaudit.query.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What columns hold: times, and text that any database takes. */
public final class Columns {
    /** The end of an interval that has not ended. */
    public static final OffsetDateTime FOREVER = OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC);

    /** The last moment that an interval which has not ended contains. */
    public static final Instant LATEST = FOREVER.toInstant().minusMillis(1);

    private static final int REPLACEMENT = 0xFFFD;

    private Columns() {}

    /** A moment, as a column holds it. */
    public static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** A moment from a column. */
    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The end of an interval from a column, or null when it has not ended. */
    public static @Nullable Instant end(ResultSet row, String column) throws SQLException {
        var end = row.getObject(column, OffsetDateTime.class);
        return end.toInstant().equals(FOREVER.toInstant()) ? null : end.toInstant();
    }

    /** The number in a row's first column, of whatever width, if there is one. */
    static Optional<Long> number(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        return row.wasNull() ? Optional.empty() : Optional.of(number);
    }

    /**
     * Text for a column to filter by. What refused callers typed has no limits: it is cut to the column's length, and what no
     * database holds is replaced.
     */
    public static String fit(String text, int length) {
        String held = holdable(text);
        if (held.length() <= length) {
            return held;
        }
        return held.substring(0, Character.isHighSurrogate(held.charAt(length - 1)) ? length - 1 : length);
    }

    /** The same for text that may be absent. */
    public static @Nullable String fitOrNull(@Nullable String text, int length) {
        return text == null ? null : fit(text, length);
    }

    /** Text to search in, and what to search for: lower case. */
    public static String search(String text) {
        return holdable(text).toLowerCase(Locale.ROOT);
    }

    /** Text in which what no database holds is replaced. */
    static String holdable(String text) {
        if (text.codePoints().allMatch(Columns::holdable)) {
            return text;
        }
        var held = new StringBuilder(text.length());
        text.codePoints().forEach(c -> held.appendCodePoint(holdable(c) ? c : REPLACEMENT));
        return held.toString();
    }

    private static boolean holdable(int codePoint) {
        return codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE;
    }
}
