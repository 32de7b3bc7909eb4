package io.promptaudit.server.guard;

import java.util.List;

/**
 * A table that only grows. Its guards are made by a migration for each database ({@code db/h2}, {@code db/postgresql}), and
 * watched because it stands here.
 *
 * @param key a column of its primary key
 */
record AppendOnly(String table, String key) {
    /** Every such table. */
    static final List<AppendOnly> TABLES = List.of(new AppendOnly("domain_event", "global_index"),
            new AppendOnly("event_position", "position"));

    /** Changes and removals of no row at all: where they are let through, those of rows would be. */
    List<String> attempts() {
        return List.of("update %s set %s = %s where 1 = 0".formatted(table, key, key),
                "delete from %s where 1 = 0".formatted(table));
    }
}
