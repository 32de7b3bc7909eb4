package io.promptaudit.query.schedules;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ScheduleState;
import io.promptaudit.api.query.ScheduleView;
import io.promptaudit.api.query.ScheduleView.Cancelled;
import io.promptaudit.api.query.Slice;
import io.promptaudit.api.query.ViewQuery.ListSchedules;
import io.promptaudit.query.view.ReadSide;
import io.promptaudit.query.view.ReadSide.Callers;
import io.promptaudit.query.view.Trail;

import static io.promptaudit.query.view.Events.cancelled;
import static io.promptaudit.query.view.Events.created;
import static io.promptaudit.query.view.Events.scheduled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchedulesTest {
    private final ReadSide side = ReadSide.onH2();
    private String pending = "";
    private String done = "";
    private String refused = "";

    @BeforeEach
    void given() {
        side.given("ann", created("p"));
        side.given("ann", created("q/one"));
        done = Trail.id(side.given("dep", scheduled("p", 1, "staging")));
        refused = Trail.id(side.given("dep", scheduled("p", 1, "production")));
        pending = Trail.id(side.given("dep", scheduled("q/one", 1, "production")));
        side.given("system", new PromptDeployed("p", 1, "staging", "sha256:1", "at night", "CHG-9", false, 3, List.of(),
                List.of(), null, done));
        side.given("system", cancelled("p", 1, "production", refused, Cancellation.RULE, Rule.FROZEN, "is frozen"));
    }

    @AfterEach
    void close() {
        side.close();
    }

    private List<ScheduleView> schedules(Caller caller, @Nullable String prompt, @Nullable ScheduleState state) {
        return side.ask(new ListSchedules(caller, null, prompt, state, Slice.first()), Page.Schedules.class).items();
    }

    @Test
    void listsWhatIsGoingToHappen() {
        assertThat(schedules(Callers.EVERYONE, null, ScheduleState.PENDING)).singleElement().satisfies(schedule -> {
            assertThat(schedule.schedule()).isEqualTo(pending);
            assertThat(schedule.prompt()).isEqualTo("q/one");
            assertThat(schedule.environment()).isEqualTo("production");
            assertThat(schedule.at()).isEqualTo("2026-03-01T22:00:00Z");
            assertThat(schedule.by()).isEqualTo("dep");
            assertThat(schedule.reason()).isEqualTo("at night");
            assertThat(schedule.deployment()).isNull();
            assertThat(schedule.cancelled()).isNull();
        });
        assertThat(schedules(Callers.EVERYONE, null, null)).extracting(ScheduleView::schedule).containsExactly(pending, refused,
                done);
    }

    @Test
    void tellsWhatBecameOfEach() {
        assertThat(schedules(Callers.EVERYONE, "p", ScheduleState.DONE)).singleElement().extracting(ScheduleView::deployment)
                .isEqualTo(Trail.id(6));
        assertThat(schedules(Callers.EVERYONE, "p", ScheduleState.CANCELLED)).singleElement()
                .extracting(ScheduleView::cancelled)
                .isEqualTo(new Cancelled(Cancellation.RULE, Rule.FROZEN, 3L, "is frozen", "system", null, side.now()));
        assertThat(schedules(Callers.EVERYONE, "p", ScheduleState.PENDING)).isEmpty();
        side.given("system", "ann", cancelled("q/one", 1, "production", pending, Cancellation.MISSED, null, null));
        assertThat(schedules(Callers.EVERYONE, "q/one", ScheduleState.CANCELLED)).singleElement()
                .extracting(ScheduleView::cancelled)
                .isEqualTo(new Cancelled(Cancellation.MISSED, null, null, null, "system", "ann", side.now()));
    }

    @Test
    void showsWhatTheCallerMaySee() {
        assertThat(schedules(Callers.of("cli", "viewer:q/**"), null, null)).extracting(ScheduleView::schedule)
                .containsExactly(pending);
        assertThat(schedules(Callers.STRANGER, null, null)).isEmpty();
        assertThatThrownBy(() -> schedules(Callers.STRANGER, "p", null)).isInstanceOfSatisfying(UnknownThing.class,
                no -> assertThat(no.type()).isEqualTo("prompt-not-found"));
    }
}
