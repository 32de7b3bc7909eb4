package io.promptaudit.server.guard;

import java.util.List;

import static java.util.Collections.nCopies;
import static java.util.stream.Collectors.joining;

/**
 * A table that only grows. Its guards are made by a migration for each database ({@code db/h2}, {@code db/postgresql}), and
 * watched because it stands here.
 *
 * @param key the columns of its primary key
 */
record AppendOnly(String table, List<String> key) {
    /** Every such table. */
    static final List<AppendOnly> TABLES = List.of(new AppendOnly("domain_event", List.of("global_index")),
            new AppendOnly("event_position", List.of("position")),
            new AppendOnly("ledger_leaf", List.of("leaf_index")),
            new AppendOnly("ledger_node", List.of("tile_level", "node_index")),
            new AppendOnly("ledger_checkpoint", List.of("size")));

    /** Changes and removals of no row at all: where they are let through, those of rows would be. */
    List<String> attempts() {
        String column = key.getFirst();
        return List.of("update %s set %s = %s where 1 = 0".formatted(table, column, column),
                "delete from %s where 1 = 0".formatted(table));
    }

    /** A row of the table {@code append_only} that refers to no row of this one. */
    String danglingReference() {
        String columns = key.size() == 1 ? table : key.stream().map(column -> table + "_" + column).collect(joining(", "));
        return "insert into append_only (%s) values (%s)".formatted(columns, String.join(", ", nCopies(key.size(), "-1")));
    }
}
