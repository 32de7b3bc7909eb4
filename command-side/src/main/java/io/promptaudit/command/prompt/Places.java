package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.promptaudit.api.ReleasePolicy.Slot;

/**
 * Seats approvals in the places that a policy asks for: each in one place at most, and as many places as can be filled. A
 * maximum matching of a bipartite graph, by augmenting paths (Kuhn).
 */
final class Places {
    private static final int NOWHERE = -1;

    private final List<Slot> places = new ArrayList<>();
    private final List<Signature> approvals;
    /** For each approval, the number of its place. */
    private final int[] seats;

    private Places(List<Slot> slots, List<Signature> approvals) {
        slots.forEach(slot -> places.addAll(Collections.nCopies(slot.count(), slot)));
        this.approvals = approvals;
        this.seats = new int[approvals.size()];
        Arrays.fill(seats, NOWHERE);
    }

    /** The slots that are open whichever way the approvals are seated, with the places that stay open in each. */
    static List<Slot> open(List<Slot> slots, List<Signature> approvals) {
        var places = new Places(slots, approvals);
        var unfilled = new ArrayList<Slot>();
        for (int place = 0; place < places.places.size(); place++) {
            if (!places.fill(place, new boolean[approvals.size()])) {
                unfilled.add(places.places.get(place));
            }
        }
        return slots.stream().filter(unfilled::contains).map(slot -> slot.times(Collections.frequency(unfilled, slot)))
                .toList();
    }

    /** Seats somebody who is free, or who is needed elsewhere no more once others have moved on. */
    private boolean fill(int place, boolean[] asked) {
        for (int i = 0; i < seats.length; i++) {
            Signature approval = approvals.get(i);
            if (asked[i] || !places.get(place).isFor(approval.roles(), approval.groups())) {
                continue;
            }
            asked[i] = true;
            if (seats[i] == NOWHERE || fill(seats[i], asked)) {
                seats[i] = place;
                return true;
            }
        }
        return false;
    }
}
