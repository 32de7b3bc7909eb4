package io.promptaudit.query.audit;

import java.util.ArrayList;
import java.util.List;

import io.promptaudit.api.ReleasePolicy;

/** A release policy in words: what it asks for, and nothing of what it does not. */
final class PolicyWords {
    private PolicyWords() {}

    static String of(ReleasePolicy policy) {
        var words = new ArrayList<String>();
        words.add(policy.requiredApprovals() == 1 ? "1 approval" : policy.requiredApprovals() + " approvals");
        policy.approvals().forEach(slot -> words.add("%d %s".formatted(slot.count(), slot.forWhom())));
        if (policy.requiresApprovals()) {
            words.add(policy.authorMayApprove() ? "authors may approve" : authors(policy));
        }
        if (!policy.approverMayDeploy()) {
            words.add("approvers may not deploy");
        }
        if (policy.reauthenticateWithin() != null) {
            words.add("approved within %s of signing in".formatted(policy.reauthenticateWithin()));
        }
        words.addAll(policy.requiredChecks().stream().map(check -> "the check " + Telling.quoted(check)).toList());
        words.add(policy.emergencyAllowed() ? "emergencies allowed" : "no emergencies");
        words.addAll(freezes(policy));
        return String.join(", ", words);
    }

    private static String authors(ReleasePolicy policy) {
        return policy.authorsSinceRelease() ? "authors since the last release may not approve" : "authors may not approve";
    }

    private static List<String> freezes(ReleasePolicy policy) {
        var words = new ArrayList<String>();
        if (policy.frozen() != null) {
            words.add("frozen");
        }
        policy.freezeWindows().forEach(window -> words.add("frozen from %s until %s".formatted(window.from(), window.until())));
        return words;
    }
}
