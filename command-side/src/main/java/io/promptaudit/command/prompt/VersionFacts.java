package io.promptaudit.command.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.command.trail.Actor;

/**
 * What decisions need of one version; never its content.
 *
 * @param author who wrote or imported it
 * @param imported what recognises the same imported line again, or null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record VersionFacts(Actor author, String digest, @Nullable String imported, boolean inReview, List<Signature> approvals,
        List<Signature> rejections, Map<String, Check> checks) {

    /** The latest outcome of a check, and the event that says so. */
    record Check(String event, CheckOutcome outcome) {}

    /** A snapshot leaves empty parts out. */
    @SuppressWarnings("NullAway")
    VersionFacts {
        approvals = approvals == null ? List.of() : approvals;
        rejections = rejections == null ? List.of() : rejections;
        checks = checks == null ? Map.of() : checks;
    }

    static VersionFacts draft(Actor author, String digest, @Nullable String imported) {
        return new VersionFacts(author, digest, imported, false, List.of(), List.of(), Map.of());
    }

    /** The first approval that stands and shares a name with the actor. */
    Optional<Signature> approvalSharedWith(Actor actor) {
        return approvals.stream().filter(approval -> approval.by().sharesNameWith(actor)).findFirst();
    }

    boolean rejectedBy(String person) {
        return rejections.stream().anyMatch(rejection -> rejection.by().person().equals(person));
    }

    /** Whether the actor, in a name under which it is an author, would take back a rejection that is not in that name too. */
    boolean isAuthorAgainst(Signature rejection, Actor actor) {
        return !rejection.by().names().containsAll(author.namesSharedWith(actor));
    }

    VersionFacts reviewRequested() {
        return new VersionFacts(author, digest, imported, true, approvals, rejections, checks);
    }

    VersionFacts approved(Signature approval) {
        return new VersionFacts(author, digest, imported, inReview, plus(approvals, approval), rejections, checks);
    }

    VersionFacts rejected(Signature rejection) {
        return new VersionFacts(author, digest, imported, inReview, approvals, plus(rejections, rejection), checks);
    }

    VersionFacts withoutApprovals(List<String> events) {
        return new VersionFacts(author, digest, imported, inReview, minus(approvals, events), rejections, checks);
    }

    VersionFacts withoutRejections(List<String> events) {
        return new VersionFacts(author, digest, imported, inReview, approvals, minus(rejections, events), checks);
    }

    VersionFacts checked(String name, Check check) {
        var all = new LinkedHashMap<>(checks);
        all.put(name, check);
        return new VersionFacts(author, digest, imported, inReview, approvals, rejections, all);
    }

    private static List<Signature> plus(List<Signature> signatures, Signature one) {
        var all = new ArrayList<>(signatures);
        all.add(one);
        return List.copyOf(all);
    }

    private static List<Signature> minus(List<Signature> signatures, List<String> events) {
        return signatures.stream().filter(signature -> !events.contains(signature.event())).toList();
    }
}
