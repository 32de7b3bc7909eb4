package io.promptaudit.ledger.encoding;

import io.promptaudit.ledger.MalformedInput;

/** Unsigned 64-bit numbers in ASCII decimal, without leading zeros. */
public final class Decimal {
    private static final int MAX_DIGITS = 20;

    private Decimal() {}

    /**
     * The number that a text stands for.
     *
     * @param where the place to name when it is wrong
     * @return an unsigned 64-bit number
     * @throws MalformedInput unless {@code text} is a number from 0 to 2^64 - 1 in its one form
     */
    public static long parse(String text, String where) {
        if (!isDecimal(text)) {
            throw new MalformedInput(where, "is not a decimal number without leading zeros");
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException tooLarge) {
            throw new MalformedInput(where, "is larger than 2^64 - 1");
        }
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_DIGITS && (text.charAt(0) != '0' || text.length() == 1);
    }

    /** The text of an unsigned 64-bit number. */
    public static String format(long number) {
        return Long.toUnsignedString(number);
    }
}
