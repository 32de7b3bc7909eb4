package io.promptaudit.query.view;

import java.util.List;

/**
 * A table of a view.
 *
 * @param key the columns that, with the generation, tell its rows apart; the first is {@code seq}
 * @param columns the others
 */
public record ViewTable(String name, List<String> key, List<String> columns) {

    /** Keeps its own copies. */
    public ViewTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }
}
