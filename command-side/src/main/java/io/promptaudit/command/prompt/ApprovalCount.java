package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.event.CountedApproval;

/**
 * Which approvals of a version count in one environment, which do not and why, and what is missing. Of those that share a name the
 * first counts.
 */
final class ApprovalCount {
    private final ReleasePolicy policy;
    private final Set<String> authors;
    private final List<Signature> counted = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<Slot> open;

    ApprovalCount(PromptFacts facts, int version, String environment, ReleasePolicy policy) {
        this.policy = policy;
        this.authors = policy.authorsSinceRelease()
                ? facts.authorsSinceRelease(environment, version)
                : facts.version(version).author().names();
        facts.version(version).approvals().forEach(this::count);
        this.open = Places.open(policy.approvals(), counted);
    }

    private void count(Signature approval) {
        String who = approval.by().inWords();
        if (!policy.authorMayApprove() && !Collections.disjoint(authors, approval.by().names())) {
            others.add(who + " is an author");
        } else if (!approval.isFresh(policy.reauthenticateWithin())) {
            others.add("%s signed without a sign-in within %s".formatted(who, policy.reauthenticateWithin()));
        } else if (counted.stream().anyMatch(earlier -> earlier.by().sharesNameWith(approval.by()))) {
            others.add(who + " shares a name with who approved before");
        } else {
            counted.add(approval);
        }
    }

    boolean suffices() {
        return counted.size() >= policy.requiredApprovals() && open.isEmpty();
    }

    List<CountedApproval> evidence() {
        return counted.stream()
                .map(approval -> new CountedApproval(approval.event(), approval.by().account(), approval.at(),
                        approval.meaning()))
                .toList();
    }

    /** What is missing and who could give it, to read after the environment's name. */
    String missing(int version) {
        int required = Math.max(policy.requiredApprovals(), policy.approvals().stream().mapToInt(Slot::count).sum());
        return "requires %d approval(s) of version %d and %d count%s%s; a reviewer%s%s%s can approve it".formatted(required,
                version, counted.size(), others.isEmpty() ? "" : " (" + String.join(", ", others) + ")",
                list("; open: ", slot -> slot.count() + " " + slot.forWhom(), ", "), list(" ", Slot::forWhom, " or "),
                policy.authorMayApprove() ? "" : " other than " + whoWroteIt(),
                policy.reauthenticateWithin() == null
                        ? ""
                        : ", within %s of signing in,".formatted(policy.reauthenticateWithin()));
    }

    private String whoWroteIt() {
        return policy.authorsSinceRelease()
                ? "the authors since the last release (%s)".formatted(String.join(", ", authors))
                : "its author";
    }

    private String list(String before, Function<Slot, String> told, String between) {
        return open.isEmpty() ? "" : before + open.stream().map(told).collect(Collectors.joining(between));
    }
}
