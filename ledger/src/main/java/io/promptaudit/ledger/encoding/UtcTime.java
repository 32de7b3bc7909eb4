package io.promptaudit.ledger.encoding;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import io.promptaudit.ledger.MalformedInput;

/** ISO 8601 times in UTC. */
public final class UtcTime {
    private static final int FRACTION = 20;
    private static final int DIGITS = 9;
    private static final String FORM = "0000-00-00T00:00:00";

    private UtcTime() {}

    /**
     * The moment that a text stands for, in any form that {@link Instant#parse} takes.
     *
     * @param where the place to name when it is none
     * @throws MalformedInput if it is none
     */
    public static Instant parse(String text, String where) {
        try {
            // The usual form is read here: a formatter takes as long as everything else that is done for an event.
            return isUsual(text) ? usual(text) : Instant.parse(text);
        } catch (DateTimeException none) {
            throw new MalformedInput(where, "is no ISO 8601 time in UTC");
        }
    }

    private static boolean isUsual(String text) {
        int last = text.length() - 1;
        if (last < FORM.length() || last == FRACTION || last > FRACTION + DIGITS || text.charAt(last) != 'Z'
                || (last > FORM.length() && text.charAt(FORM.length()) != '.')) {
            return false;
        }
        for (int i = 0; i < last; i++) {
            char form = i < FORM.length() ? FORM.charAt(i) : i == FORM.length() ? '.' : '0';
            char c = text.charAt(i);
            if (form == '0' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return true;
    }

    private static Instant usual(String text) {
        int last = text.length() - 1;
        int nanos = last > FRACTION ? number(text, FRACTION, last) : 0;
        for (int digits = Math.max(last - FRACTION, 0); digits < DIGITS; digits++) {
            nanos *= 10;
        }
        return LocalDateTime.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10), number(text, 11, 13),
                number(text, 14, 16), number(text, 17, 19), nanos).toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }
}
