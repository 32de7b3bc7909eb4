package io.promptaudit.query.view;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.query.ActiveView;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.PromptView;
import io.promptaudit.api.query.ScheduleState;
import io.promptaudit.api.query.ScheduleView;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.VersionView;
import io.promptaudit.api.query.ViewQuery.FindActive;
import io.promptaudit.api.query.ViewQuery.FindPrompt;
import io.promptaudit.api.query.ViewQuery.FindVersion;
import io.promptaudit.api.query.ViewQuery.ListSchedules;
import io.promptaudit.query.view.ReadSide.Callers;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever happens, the views say what the events mean, and a rebuilt generation equals the one it replaces, row by row. */
class RandomHistoryTest {

    @Test
    void holdsOnH2() {
        for (long seed = 1; seed <= 4; seed++) {
            try (var side = ReadSide.onH2()) {
                check(side, seed);
            }
        }
    }

    @Test
    void holdsOnPostgres() throws Exception {
        try (var postgres = EmbeddedPostgres.start(); var side = ReadSide.on(postgres.getPostgresDatabase())) {
            check(side, 99);
        }
    }

    private static void check(ReadSide side, long seed) {
        var random = new Random(seed);
        var history = new RandomTrail(seed, side.trail());
        for (int round = 0; round < 4; round++) {
            history.append(100);
            side.views().forEach(view -> side.catchUp(view, 1 + random.nextInt(40)));
        }
        says(side, history, seed);
        var before = rows(side);
        for (var view : side.views()) {

            side.bean(ViewJobs.class).reconcile(view);
        }
        side.awaitIdle();
        for (var view : side.views()) {
            assertThat(side.status(view.name()).reconciliation()).as("seed %d, %s", seed, view.name()).satisfies(report -> {
                assertThat(report.differences()).isEmpty();
                assertThat(report.outcome()).isEqualTo("agrees");
            });
            side.bean(ViewJobs.class).rebuild(view);
        }
        side.awaitIdle();
        for (var view : side.views()) {
            assertThat(side.status(view.name()).rebuild()).as("seed %d, %s", seed, view.name())
                    .satisfies(report -> assertThat(report.outcome()).isEqualTo("done"));
            assertThat(side.status(view.name()).generation()).as("seed %d, %s", seed, view.name()).isEqualTo(2);
        }
        assertThat(rows(side)).as("seed %d", seed).isEqualTo(before);
        says(side, history, seed);
    }

    private static Map<String, List<String>> rows(ReadSide side) {
        return side.views().stream()
                .flatMap(view -> view.tables().stream().map(table -> Map.entry(table.name(), side.rows(view, table).stream()
                        .map(row -> row.entrySet().stream().map(cell -> cell.getKey() + "=" + text(cell.getValue()))
                                .collect(Collectors.joining(", ")))
                        .sorted().toList())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String text(@Nullable Object value) {
        try {
            return value instanceof java.sql.Clob clob ? clob.getSubString(1, (int) clob.length()) : String.valueOf(value);
        } catch (java.sql.SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void says(ReadSide side, RandomTrail history, long seed) {
        history.prompts().forEach((name, model) -> {
            var shown = side.ask(new FindPrompt(Callers.EVERYONE, null, name), PromptView.class);
            assertThat(shown.latest()).as("seed %d, %s", seed, name).isEqualTo(model.latest);
            assertThat(shown.state()).as("seed %d, %s", seed, name).isEqualTo(model.state(model.latest));
            assertThat(shown.archived()).as("seed %d, %s", seed, name).isEqualTo(model.archived);
            for (int version = 1; version <= model.latest; version++) {
                var found = side.ask(new FindVersion(Callers.EVERYONE, null, name, version), VersionView.class);
                assertThat(found.state()).as("seed %d, %s %d", seed, name, version).isEqualTo(model.state(version));
            }
            assertThat(side.ask(new ListSchedules(Callers.EVERYONE, null, name, ScheduleState.PENDING, Slice.first()),
                    Page.Schedules.class).items()).as("seed %d, %s", seed, name).extracting(ScheduleView::schedule)
                    .containsExactlyInAnyOrderElementsOf(model.scheduled);
            for (String environment : RandomTrail.ENVIRONMENTS) {
                assertThat(active(side, name, environment, null)).as("seed %d, %s in %s now", seed, name, environment)
                        .isEqualTo(deployment(model.active(environment, null)));
                for (int n = 0; n < 5; n++) {
                    var at = history.someMoment();
                    assertThat(active(side, name, environment, at)).as("seed %d, %s in %s at %s", seed, name, environment, at)
                            .isEqualTo(deployment(model.active(environment, at)));
                }
                for (var span : model.spans.getOrDefault(environment, List.of())) {
                    assertThat(active(side, name, environment, span.from()))
                            .as("seed %d, %s in %s at the edge %s", seed, name, environment, span.from())
                            .isEqualTo(deployment(model.active(environment, span.from())));
                }
            }
        });
    }

    private static @Nullable String deployment(RandomTrail.@Nullable Span span) {
        return span == null ? null : span.deployment();
    }

    private static @Nullable String active(ReadSide side, String prompt, String environment, java.time.@Nullable Instant at) {
        try {
            return side.ask(new FindActive(Callers.EVERYONE, null, prompt, environment, at), ActiveView.class).deployment();
        } catch (UnknownThing nothing) {
            assertThat(nothing.type()).isEqualTo("never-active");
            return null;
        }
    }
}
