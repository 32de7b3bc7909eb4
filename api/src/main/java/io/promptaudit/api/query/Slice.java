package io.promptaudit.api.query;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.MalformedRequest;

/**
 * Which part of a list is wanted.
 *
 * @param limit at most so many items, 1 to {@link #MOST}
 * @param cursor where the page before ended, as it was given there; null for the first page
 */
public record Slice(int limit, @Nullable String cursor) {

    /** The items of a page when the caller does not say. */
    public static final int USUAL = 50;
    /** The most items of a page. */
    public static final int MOST = 200;

    /**
     * Refuses limits out of range.
     *
     * @throws MalformedRequest naming {@code limit}
     */
    public Slice {
        if (limit < 1 || limit > MOST) {
            throw new MalformedRequest("limit", "must be between 1 and " + MOST);
        }
    }

    /** The first page, of usual length. */
    public static Slice first() {
        return new Slice(USUAL, null);
    }
}
