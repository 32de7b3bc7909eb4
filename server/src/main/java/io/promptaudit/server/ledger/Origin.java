package io.promptaudit.server.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The name of a ledger in one of its epochs: {@code <base>/epoch-<number>}. Every epoch has keys of its own.
 *
 * @param base stays for ever
 * @param epoch from 1
 */
record Origin(String base, int epoch) {
    private static final String EPOCH = "/epoch-";

    /** Reads what {@link #toString} wrote; null when it is no origin of a ledger made here. */
    static @Nullable Origin parse(String text) {
        int at = text.lastIndexOf(EPOCH);
        String number = at < 0 ? "" : text.substring(at + EPOCH.length());
        return number.matches("[1-9][0-9]{0,8}") ? new Origin(text.substring(0, at), Integer.parseInt(number)) : null;
    }

    Origin in(int otherEpoch) {
        return new Origin(base, otherEpoch);
    }

    @Override
    public String toString() {
        return base + EPOCH + epoch;
    }
}
