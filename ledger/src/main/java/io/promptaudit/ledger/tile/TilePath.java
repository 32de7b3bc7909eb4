package io.promptaudit.ledger.tile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.promptaudit.ledger.MalformedInput;

/**
 * Where a tile of hashes or a bundle of entries lies (C2SP tlog-tiles, section APIs).
 *
 * @param entries whether it is a bundle, whose level is 0
 * @param level each of its hashes is over 256^level entries
 * @param index how many full ones of its level are before it
 * @param width how many hashes or entries it has, from 1 to 256
 */
public record TilePath(boolean entries, int level, long index, int width) {
    /** Hashes in a full tile, entries in a full bundle. */
    public static final int FULL = 256;

    /** How many levels of the tree a tile stands for. */
    public static final int HEIGHT = 8;

    private static final int MAX_LEVEL = 63;
    private static final long MAX_INDEX = Long.MAX_VALUE / FULL;
    private static final int MAX_LENGTH = 64;
    private static final int GROUP = 1000;
    private static final Pattern FORM = Pattern
            .compile("tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

    /** Checks the numbers. */
    public TilePath {
        if (level < 0 || level > MAX_LEVEL || (entries && level != 0) || index < 0 || index > MAX_INDEX || width < 1
                || width > FULL) {
            throw new IllegalArgumentException(
                    "no tile has the level %d, the index %d and the width %d".formatted(level, index, width));
        }
    }

    /** A tile of hashes. */
    public static TilePath hashes(int level, long index, int width) {
        return new TilePath(false, level, index, width);
    }

    /** A bundle of entries. */
    public static TilePath entries(long index, int width) {
        return new TilePath(true, 0, index, width);
    }

    /**
     * The width of a tile in a tree.
     *
     * @param size the tree's
     * @return 0 if the tree has no such tile
     */
    public static int widthIn(long size, int level, long index) {
        long hashes = HEIGHT * level >= Long.SIZE ? 0 : size >>> (HEIGHT * level);
        return Math.clamp(hashes - index * FULL, 0, FULL);
    }

    /** Whether it is not full, and so is replaced when the tree grows. */
    public boolean partial() {
        return width < FULL;
    }

    /** The same tile when it is full. */
    public TilePath full() {
        return new TilePath(entries, level, index, FULL);
    }

    /**
     * Reads a path.
     *
     * @throws MalformedInput unless it is the path of a tile in its one form
     */
    public static TilePath parse(String path) {
        Matcher matcher = FORM.matcher(path);
        if (path.length() <= MAX_LENGTH && matcher.matches()) {
            try {
                boolean entries = matcher.group(1).equals("entries");
                var parsed = new TilePath(entries, entries ? 0 : Integer.parseInt(matcher.group(1)),
                        Long.parseLong(matcher.group(2).replaceAll("[x/]", "")),
                        matcher.group(3) == null ? FULL : Integer.parseInt(matcher.group(3)));
                if (parsed.toString().equals(path)) {
                    return parsed;
                }
            } catch (IllegalArgumentException outOfRange) {
                throw new MalformedInput("path of a tile", "has a number that is out of range");
            }
        }
        throw new MalformedInput("path of a tile", "is not tile/<level>/<index> with .p/<width> behind it if partial");
    }

    /** The path below the ledger's folder or address, with {@code /} between. */
    @Override
    public String toString() {
        var path = new StringBuilder("%03d".formatted(index % GROUP));
        for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
            path.insert(0, "x%03d/".formatted(rest % GROUP));
        }
        return "tile/" + (entries ? "entries" : level) + "/" + path + (partial() ? ".p/" + width : "");
    }
}
