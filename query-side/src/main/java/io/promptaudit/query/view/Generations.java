package io.promptaudit.query.view;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes rows that do not count: those of generations given up, and those a crash left. */
@Component
class Generations {
    /** Few, because nothing can be written to disk while one statement removes them. */
    private static final long POSITIONS_AT_ONCE = 100;

    private final JdbcClient db;
    private final ViewHeads heads;
    private final ViewTasks tasks;

    Generations(JdbcClient db, ViewHeads heads, ViewTasks tasks) {
        this.db = db;
        this.heads = heads;
        this.tasks = tasks;
    }

    /** Removes every generation of the view but the one being read, a small batch in each transaction. */
    void clean(View view) {
        int current = heads.read(view.name()).generation();
        for (var table : view.tables()) {
            clean(view, table, current, "<");
            clean(view, table, current, ">");
        }
    }

    private void clean(View view, ViewTable table, int current, String side) {
        var given = "select min(generation) from " + table.name() + " where generation " + side + " ?";
        for (var old = number(given, current); old.isPresent(); old = number(given, current)) {
            remove(view, table, old.get());
        }
    }

    private void remove(View view, ViewTable table, long generation) {
        var first = "select min(seq) from " + table.name() + " where generation = ?";
        for (var from = number(first, generation); from.isPresent(); from = number(first, generation)) {
            tasks.beat(view.name());
            long seq = from.get();
            long last = seq > Long.MAX_VALUE - POSITIONS_AT_ONCE ? Long.MAX_VALUE : seq + POSITIONS_AT_ONCE - 1;
            db.sql("delete from " + table.name() + " where generation = ? and seq between ? and ?").param(generation).param(seq)
                    .param(last).update();
        }
    }

    private Optional<Long> number(String sql, long parameter) {
        return db.sql(sql).param(parameter).query((row, _) -> Columns.number(row)).single();
    }
}
