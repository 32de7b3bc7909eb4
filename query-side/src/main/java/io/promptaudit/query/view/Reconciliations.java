package io.promptaudit.query.view;

import java.util.ArrayList;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import io.promptaudit.api.query.ProjectionView.Difference;

/**
 * Compares a view's rows with those that the events make, while it is being written. What differs at first sight may only have
 * been written in between, so it is looked at again while the head stands still.
 */
@Component
class Reconciliations {
    private static final int SCRATCH = -1;
    private static final int SUSPECTS_AT_ONCE = 500;
    private static final int SHOWN = 100;

    private final JdbcClient db;
    private final ViewHeads heads;
    private final ViewTasks tasks;
    private final Generations generations;
    private final Replays replays;

    Reconciliations(JdbcClient db, ViewHeads heads, ViewTasks tasks, Generations generations, Replays replays) {
        this.db = db;
        this.heads = heads;
        this.tasks = tasks;
        this.generations = generations;
        this.replays = replays;
    }

    /** How many rows differ, which are the first of them, and up to which position that is true. */
    record Result(long found, List<Difference> differences, long position) {}

    /** Compares every table of the view. Needs its lease. */
    Result reconcile(View view) {
        generations.clean(view);
        int live = heads.read(view.name()).generation();
        try (var replay = replays.open(view, SCRATCH)) {
            replays.catchUp(view, replay);
            var findings = new Findings();
            for (var table : view.tables()) {
                compare(view, replay, new Comparison(db, table, live, SCRATCH), findings);
            }
            return new Result(findings.found, findings.first, replay.position());
        } finally {
            generations.clean(view);
        }
    }

    private void compare(View view, Replay replay, Comparison comparison, Findings findings) {
        var suspects = new ArrayList<Long>();
        var window = comparison.windowFrom(Long.MIN_VALUE);
        while (window != null) {
            tasks.beat(view.name());
            suspects.addAll(comparison.suspects(window));
            var next = window.last() == Long.MAX_VALUE ? null : comparison.windowFrom(window.last() + 1);
            if (suspects.size() >= SUSPECTS_AT_ONCE || (next == null && !suspects.isEmpty())) {
                confirm(view, replay, comparison, suspects, findings);
                suspects.clear();
            }
            window = next;
        }
    }

    private void confirm(View view, Replay replay, Comparison comparison, List<Long> suspects, Findings findings) {
        var confirmed = new ArrayList<Difference>();
        replays.atHead(view, replay, () -> {
            confirmed.clear();
            suspects.forEach(seq -> confirmed.addAll(comparison.differences(seq)));
        });
        findings.add(confirmed);
    }

    /** What has been found so far. */
    private static final class Findings {
        private final List<Difference> first = new ArrayList<>();
        private long found;

        void add(List<Difference> differences) {
            found += differences.size();
            differences.stream().limit(Math.max(0, SHOWN - first.size())).forEach(first::add);
        }
    }
}
