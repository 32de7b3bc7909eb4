package io.promptaudit.ledger.release;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides again who might say yes or no to a version, and take it back. */
final class ReviewRules {
    private static final String AUTHOR = "author-may-not-approve";

    private final PromptState prompt;
    private final Policies policies;

    ReviewRules(PromptState prompt, Policies policies) {
        this.prompt = prompt;
        this.policies = policies;
    }

    /** @param powers what the signer might do then, where that is told */
    void approved(Act act, Optional<Powers> powers) {
        Version version = prompt.version(act.body());
        Signature approval = Signature.of(act);
        Rules.require(act.body().text("digest").equals(version.digest), "digest", "it names another digest than the version's");
        Rules.require(version.approvals.stream().noneMatch(earlier -> earlier.by().sharesNameWith(act.by())),
                "already-approved", "an approval that shares a name with %s stands", act.by());
        powers.ifPresent(held -> requireHeld(act, approval, held));
        requireCanCount(approval, version.author.sharesNameWith(act.by()), act);
    }

    private static void requireHeld(Act act, Signature approval, Powers held) {
        Rules.require(held.roles(act.body().text("prompt")).containsAll(approval.roles()), "signer",
                "the signer did not hold the roles %s", Rules.list(approval.roles()));
        Rules.require(held.groups().containsAll(approval.groups()), "signer",
                "the signer was not in the groups %s", Rules.list(approval.groups()));
        Rules.require(approval.authenticatedAt() == null || "person".equals(act.metadata().findText("kind")), "signer",
                "only a person signs in");
    }

    /** An approval that could count nowhere is refused at once. */
    private void requireCanCount(Signature approval, boolean byAuthor, Act act) {
        List<Policy> open = asking().stream().filter(policy -> !byAuthor || policy.authorMayApprove()).toList();
        Rules.require(!byAuthor || !open.isEmpty(), AUTHOR, "%s wrote the version", act.by());
        Rules.require(open.isEmpty()
                || open.stream().anyMatch(policy -> approval.isFresh(act.decidedFrom(), policy.reauthenticateWithin())),
                "reauthentication-required", "%s had not signed in soon before", act.by());
    }

    private Collection<Policy> asking() {
        return policies.all().stream().filter(Policy::requiresApprovals).toList();
    }

    void rejected(Act act) {
        Rules.require(prompt.version(act.body()).rejections.stream()
                .noneMatch(earlier -> earlier.by().person().equals(act.by().person())), "already-rejected",
                "a rejection by %s stands", act.by());
    }

    void revoked(Act act) {
        requireNames(ownOrAll(prompt.version(act.body()).approvals, act.by()), act.body().texts("approvals"), "not-approved");
    }

    void rejectionWithdrawn(Act act) {
        Version version = prompt.version(act.body());
        List<Signature> withdrawn = ownOrAll(version.rejections, act.by());
        requireNames(withdrawn, act.body().texts("rejections"), "not-rejected");
        Set<String> asAuthor = new HashSet<>(act.by().names());
        asAuthor.retainAll(version.author.names());
        Rules.require(withdrawn.stream().allMatch(rejection -> rejection.by().names().containsAll(asAuthor))
                || asking().stream().anyMatch(Policy::authorMayApprove), AUTHOR,
                "%s wrote the version that somebody else rejected", act.by());
    }

    /** One's own where there are any, else everybody's. */
    private static List<Signature> ownOrAll(List<Signature> standing, Actor actor) {
        List<Signature> own = standing.stream().filter(each -> each.by().person().equals(actor.person())).toList();
        return own.isEmpty() ? standing : own;
    }

    private static void requireNames(List<Signature> meant, List<String> named, String rule) {
        Rules.require(!meant.isEmpty() && meant.stream().map(Signature::event).toList().equals(named), rule,
                "what it takes back is not what stands");
    }
}
