package io.promptaudit.ledger.verification;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The epochs of ledgers, each named by its origin: {@code <base>/epoch-<n>}. What events tell of them is remembered. */
final class Epochs {
    private static final String EPOCH = "/epoch-";

    private final Map<String, Long> entriesBefore = new HashMap<>();

    /** An event opened the epoch, behind so many entries. */
    void opened(String origin, long entries) {
        entriesBefore.merge(origin, entries, Math::min);
    }

    /** Whether somebody must have opened it, and no event tells. */
    boolean isUnopened(String origin) {
        return number(origin) > 1 && !entriesBefore.containsKey(origin);
    }

    /**
     * How many entries of an epoch are those of a later one too: nothing but its opening, and those between, may have lost any.
     *
     * @return nothing where no event tells of the later epoch's opening
     */
    OptionalLong shared(String older, String newer) {
        if (isUnopened(newer)) {
            return OptionalLong.empty();
        }
        return entriesBefore.entrySet().stream()
                .filter(opening -> isEarlier(older, opening.getKey())
                        && (opening.getKey().equals(newer) || isEarlier(opening.getKey(), newer)))
                .mapToLong(Map.Entry::getValue).min();
    }

    /** Whether both are epochs of one ledger, in this order. */
    static boolean isEarlier(String older, String newer) {
        int end = older.lastIndexOf(EPOCH);
        return end > 0 && newer.startsWith(older.substring(0, end + EPOCH.length())) && number(older) > 0
                && number(older) < number(newer);
    }

    private static int number(String origin) {
        int end = origin.lastIndexOf(EPOCH);
        String number = end < 0 ? "" : origin.substring(end + EPOCH.length());
        return number.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(number) : 0;
    }
}
