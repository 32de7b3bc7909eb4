package io.promptaudit.query.view;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.Slice;

/** Pages of a list, newest first, by positions: those never change, so no page repeats or misses an item while events arrive. */
public final class Paging {
    /** A page of contents ends before it is longer than this, unless its first item is. */
    public static final long MOST_CHARACTERS = 8L << 20;

    private static final String FORM = "1";
    private static final int CONTENTS_AT_ONCE = 10;

    private Paging() {}

    /**
     * An item and the position it is listed by.
     *
     * @param characters how long it is, where items are contents of prompts
     */
    public record Row<T>(long seq, T value, long characters) {
        /** An item that is short. */
        public Row(long seq, T value) {
            this(seq, value, 0);
        }
    }

    /** Finds at most so many items listed before a position, newest first. */
    public interface Finder<T> {
        List<Row<T>> find(long before, int most);
    }

    /** Makes a page of its items and the cursor of the next, if there is one. */
    public interface Maker<T, P extends Page<T>> {
        P make(List<T> items, @Nullable String cursor);
    }

    /**
     * Where a page ended.
     *
     * @param moment the moment that the whole list speaks of, or null
     */
    public record Mark(long before, @Nullable Instant moment) {

        /**
         * Reads a slice's cursor.
         *
         * @throws MalformedRequest when no page gave it
         */
        public static Mark of(Slice slice) {
            String cursor = slice.cursor();
            if (cursor == null) {
                return new Mark(Long.MAX_VALUE, null);
            }
            try {
                var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\.", -1);
                if (parts.length == 3 && parts[0].equals(FORM)) {
                    return new Mark(Long.parseLong(parts[1]),
                            parts[2].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(parts[2])));
                }
            } catch (IllegalArgumentException _) {
                // Neither Base64 nor numbers: answered like any other invention.
            }
            throw new MalformedRequest("cursor", "must be one that a page gave");
        }

        String cursor() {
            String text = FORM + "." + before + "." + (moment == null ? "" : moment.toEpochMilli());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The slice of what the finder finds and the caller may see. */
    public static <T, P extends Page<T>> P page(Slice slice, Predicate<T> seen, Maker<T, P> maker, Finder<T> finder) {
        return page(slice.limit(), Mark.of(slice), seen, maker, finder);
    }

    /** The same from a mark; the next page's cursor keeps the mark's moment. */
    public static <T, P extends Page<T>> P page(int limit, Mark mark, Predicate<T> seen, Maker<T, P> maker, Finder<T> finder) {
        return page(limit, limit + 1, mark, seen, maker, finder);
    }

    /** The same for items that hold contents: few are found at a time, and a page of long ones has fewer than the limit. */
    public static <T, P extends Page<T>> P pageOfContents(int limit, Mark mark, Predicate<T> seen, Maker<T, P> maker,
            Finder<T> finder) {
        return page(limit, Math.min(limit + 1, CONTENTS_AT_ONCE), mark, seen, maker, finder);
    }

    /** Looks on until one more item is found than the page holds: a cursor is a promise that something follows. */
    private static <T, P extends Page<T>> P page(int limit, int atOnce, Mark mark, Predicate<T> seen, Maker<T, P> maker,
            Finder<T> finder) {
        var items = new ArrayList<Row<T>>();
        long before = mark.before();
        boolean more = true;
        while (more && items.size() <= fitting(items, limit)) {
            var found = finder.find(before, atOnce);
            found.stream().filter(row -> seen.test(row.value())).forEach(items::add);
            more = found.size() == atOnce;
            before = more ? found.getLast().seq() : before;
        }
        int fitting = fitting(items, limit);
        boolean last = items.size() <= fitting;
        var shown = last ? items : items.subList(0, fitting);
        return maker.make(shown.stream().map(Row::value).toList(),
                last ? null : new Mark(shown.getLast().seq(), mark.moment()).cursor());
    }

    /** How many of the first items make a page, at most so many. */
    private static <T> int fitting(List<Row<T>> items, int limit) {
        long characters = 0;
        for (int i = 0; i < Math.min(limit, items.size()); i++) {
            characters += items.get(i).characters();
            if (i > 0 && characters > MOST_CHARACTERS) {
                return i;
            }
        }
        return limit;
    }
}
