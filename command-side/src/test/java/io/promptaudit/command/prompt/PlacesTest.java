package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.Role;
import io.promptaudit.command.trail.Actor;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is seated where. */
class PlacesTest {
    private static final long SEED = Long.getLong("promptaudit.seed", new Random().nextLong());
    private static final int TRIES = 3_000;
    private static final List<String> GROUPS = List.of("medical", "legal", "safety");

    @Test
    void seatsSomebodyElsewhereWhereThatMakesRoom() {
        var both = signature(0, List.of("medical", "legal"));
        var doctor = signature(1, List.of("medical"));
        List<Slot> slots = List.of(new Slot(null, "medical", 1), new Slot(null, "legal", 1));
        assertThat(Places.open(slots, List.of(both, doctor))).isEmpty();
        assertThat(Places.open(slots, List.of(both))).containsExactly(new Slot(null, "legal", 1));
    }

    @Test
    void countsWhatIsOpenInEachSlot() {
        List<Slot> slots = List.of(new Slot(Role.REVIEWER, null, 3), new Slot(Role.AUDITOR, null, 1));
        assertThat(Places.open(slots, List.of(signature(0, List.of())))).containsExactly(new Slot(Role.REVIEWER, null, 2),
                new Slot(Role.AUDITOR, null, 1));
    }

    @Test
    void seatsAsManyAsAnyTryingOutWould() {
        var random = new Random(SEED);
        for (int i = 0; i < TRIES; i++) {
            var slots = new ArrayList<Slot>();
            GROUPS.stream().filter(_ -> random.nextBoolean())
                    .forEach(group -> slots.add(new Slot(null, group, 1 + random.nextInt(2))));
            var approvals = new ArrayList<Signature>();
            for (int person = random.nextInt(5); person > 0; person--) {
                approvals.add(signature(person, GROUPS.stream().filter(_ -> random.nextBoolean()).toList()));
            }
            int places = slots.stream().mapToInt(Slot::count).sum();
            int open = Places.open(slots, approvals).stream().mapToInt(Slot::count).sum();
            assertThat(places - open).as("seed %d, try %d: %s in %s", SEED, i, approvals, slots)
                    .isEqualTo(mostSeated(slots, approvals));
        }
    }

    /** By trying out: the first person stays out, or takes one place of any slot that is for them. */
    private static int mostSeated(List<Slot> slots, List<Signature> approvals) {
        if (approvals.isEmpty()) {
            return 0;
        }
        List<Signature> others = approvals.subList(1, approvals.size());
        int most = mostSeated(slots, others);
        for (Slot slot : slots) {
            if (slot.count() > 0 && slot.isFor(approvals.getFirst().roles(), approvals.getFirst().groups())) {
                var left = new ArrayList<>(slots);
                left.set(slots.indexOf(slot), slot.times(slot.count() - 1));
                most = Math.max(most, 1 + mostSeated(left, others));
            }
        }
        return most;
    }

    private static Signature signature(int person, List<String> groups) {
        return new Signature("event-" + person, new Actor("person-" + person, null), TestClock.START, null,
                List.of(Role.REVIEWER), groups, null);
    }
}
