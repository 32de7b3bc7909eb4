package io.promptaudit.server.disk;

import org.jspecify.annotations.Nullable;

/**
 * The room on a volume when it was last looked at.
 *
 * @param volume what lies on it
 * @param free bytes that the server can use; -1 when it could not be measured
 * @param total bytes of the volume; -1 likewise
 */
record Room(String volume, long free, long total, Level level, @Nullable String error) {
    /** The way back is a tenth longer, so that nothing flickers at the edge. */
    private static final int BACK = 10;

    /** What follows from it. */
    enum Level {
        /** There is enough. */
        FINE,
        /** Somebody should look. */
        LOW,
        /** Nothing is recorded. */
        READ_ONLY
    }

    static Room measured(String volume, long free, long total, Level before, FreeSpace warnBelow, FreeSpace readOnlyBelow) {
        Level level = isBelow(free, readOnlyBelow.of(total), before == Level.READ_ONLY)
                ? Level.READ_ONLY
                : isBelow(free, warnBelow.of(total), before != Level.FINE) ? Level.LOW : Level.FINE;
        return new Room(volume, free, total, level, null);
    }

    private static boolean isBelow(long free, long limit, boolean wasBelow) {
        return free < (wasBelow ? limit + limit / BACK : limit);
    }

    /** A volume that says nothing may be gone: somebody should look. Writing to it will tell. */
    static Room unknown(String volume, String error) {
        return new Room(volume, -1, -1, Level.LOW, error);
    }
}
