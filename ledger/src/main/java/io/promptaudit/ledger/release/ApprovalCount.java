package io.promptaudit.ledger.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.promptaudit.ledger.release.Policy.Place;

/** Which of the approvals that stand count under a policy, and whether they are enough. */
final class ApprovalCount {
    /** A policy has ten places at most; more are not worth trying all their sets. */
    private static final int MOST_PLACES = 16;

    private final Policy policy;
    private final List<Signature> counted = new ArrayList<>();

    /** @param authors the names that count as an author's */
    ApprovalCount(Policy policy, List<Signature> standing, Set<String> authors) {
        this.policy = policy;
        for (Signature approval : standing) {
            boolean byAuthor = !Collections.disjoint(authors, approval.by().names());
            if ((policy.authorMayApprove() || !byAuthor) && approval.isFresh(policy.reauthenticateWithin())
                    && counted.stream().noneMatch(earlier -> earlier.by().sharesNameWith(approval.by()))) {
                counted.add(approval);
            }
        }
    }

    /** Those that count, in the order in which they were given. */
    List<Signature> counted() {
        return counted;
    }

    /** @throws io.promptaudit.ledger.VerificationFailed unless they are enough, and fill the places */
    void requireEnough() {
        Rules.require(counted.size() >= policy.requiredApprovals(), "required-approvals",
                "policy revision %d requires %d approval(s), and %d count", policy.revision(),
                policy.requiredApprovals(), counted.size());
        Rules.require(policy.places().size() <= MOST_PLACES, "required-approvals", "no policy has so many places");
        for (int set = 1; set < 1 << policy.places().size(); set++) {
            requireEnoughFor(set);
        }
    }

    /**
     * All places can be filled at once exactly where each set of them has as many approvals that fit at least one of it as it has
     * places (Hall's theorem).
     */
    private void requireEnoughFor(int set) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < policy.places().size(); i++) {
            if ((set & 1 << i) != 0) {
                places.add(policy.places().get(i));
            }
        }
        long fitting = counted.stream().filter(approval -> places.stream().anyMatch(place -> place.isFor(approval))).count();
        Rules.require(fitting >= places.stream().mapToLong(Place::count).sum(), "required-approvals",
                "the places of policy revision %d cannot all be filled", policy.revision());
    }
}
