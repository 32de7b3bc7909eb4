package io.promptaudit.ledger.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What one revision of an environment's policy asks.
 *
 * @param frozen why nothing may be deployed, or null
 * @param places for whom there must be approvals
 * @param reauthenticateWithin how long before an approval its signer may have signed in, or null for ever
 */
record Policy(long revision, long requiredApprovals, boolean authorMayApprove, boolean approverMayDeploy,
        List<String> requiredChecks, boolean emergencyAllowed, @Nullable String frozen, boolean authorsSinceRelease,
        List<Place> places, @Nullable Duration reauthenticateWithin, List<Window> freezeWindows) {

    /** So many approvals by holders of the role, or by members of the group where there is no role. */
    record Place(@Nullable String role, @Nullable String group, long count) {
        boolean isFor(Signature approval) {
            return role == null ? group != null && approval.groups().contains(group) : approval.roles().contains(role);
        }
    }

    /** Nothing is deployed from a moment, included, until another, excluded. */
    record Window(Instant from, Instant until) {
        /** Whether whatever was decided within this time was decided within the window. */
        boolean holds(Instant earliest, Instant latest) {
            return !earliest.isBefore(from) && latest.isBefore(until);
        }
    }

    static Policy of(long revision, Fields policy) {
        Fields freeze = policy.findObject("frozen");
        return new Policy(revision, policy.number("requiredApprovals"), policy.flag("authorMayApprove"),
                policy.flag("approverMayDeploy"), policy.texts("requiredChecks"), policy.flag("emergencyAllowed"),
                freeze == null ? null : freeze.text("reason"), policy.flag("authorsSinceRelease"),
                policy.objects("approvals").stream()
                        .map(place -> new Place(place.findText("role"), place.findText("group"), place.number("count"))).toList(),
                policy.findDuration("reauthenticateWithin"), policy.objects("freezeWindows").stream()
                        .map(window -> new Window(window.instant("from"), window.instant("until"))).toList());
    }

    boolean requiresApprovals() {
        return requiredApprovals > 0 || !places.isEmpty();
    }
}
