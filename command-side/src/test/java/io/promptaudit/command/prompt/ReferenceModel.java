package io.promptaudit.command.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.ReleasePolicy.Slot;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.CountedApproval;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.command.environment.Policies;
import io.promptaudit.command.trail.Actor;

import static java.util.Objects.requireNonNull;

/** What must hold before a version is active somewhere, in the words of the design, told from the events alone. */
record ReferenceModel(List<DomainEventMessage<?>> history) {

    /** What one event says, and who said it: the account, and whom it acted for. */
    record Said<E>(String id, E event, Set<String> by, Instant at) {}

    boolean mayGoLive(DeployPrompt c, Set<String> deployer, Instant now, ReleasePolicy policy) {
        boolean frozen = policy.frozen() != null
                || policy.freezeWindows().stream().anyMatch(w -> !w.from().isAfter(now) && w.until().isAfter(now));
        if (frozen || isRejected(c.version()) || !policy.requiredChecks().stream().allMatch(name -> passed(c.version(), name))) {
            return false;
        }
        if (c.emergency()) {
            return policy.emergencyAllowed() && c.ticket() != null;
        }
        var counting = approvals(c.version()).filter(approval -> counts(approval, c, policy)).toList();
        return counting.size() >= policy.requiredApprovals() && canSeat(counting, policy.approvals())
                && (policy.approverMayDeploy() || !isApproved(c.version(), deployer));
    }

    private boolean counts(Said<PromptApproved> approval, DeployPrompt c, ReleasePolicy policy) {
        int since = !policy.authorsSinceRelease()
                ? c.version()
                : released(c.environment()).stream().filter(this::isProper).map(r -> r.event().version()).findFirst().orElse(0);
        boolean ofAuthor = authors().subList(Math.min(since, c.version() - 1), c.version()).stream()
                .anyMatch(author -> isOneHand(author, approval.by()));
        return (policy.authorMayApprove() || !ofAuthor)
                && isFresh(approval.event().authenticatedAt(), approval.at(), policy.reauthenticateWithin());
    }

    private static boolean isFresh(@Nullable Instant signedIn, Instant at, @Nullable Duration within) {
        return within == null || (signedIn != null && Duration.between(signedIn, at).compareTo(within) <= 0);
    }

    /** By trying out every place of a slot for the first place that is open. */
    private static boolean canSeat(List<Said<PromptApproved>> approvals, List<Slot> slots) {
        var open = slots.stream().filter(slot -> slot.count() > 0).findFirst().orElse(null);
        return open == null || approvals.stream()
                .filter(a -> open.isFor(requireNonNull(a.event().roles()), requireNonNull(a.event().groups())))
                .anyMatch(seated -> canSeat(approvals.stream().filter(other -> !other.equals(seated)).toList(),
                        slots.stream().map(slot -> slot.equals(open) ? slot.times(slot.count() - 1) : slot).toList()));
    }

    /** Whether an approval by the caller could ever count, whatever is released meanwhile. */
    boolean couldCount(Caller caller, Set<String> by, int version, Instant now, Policies policies) {
        boolean byAuthor = isOneHand(authors().get(version - 1), by);
        var asking = asking(policies);
        return asking.isEmpty()
                ? !byAuthor
                : asking.stream().anyMatch(policy -> (!byAuthor || policy.authorMayApprove())
                        && isFresh(caller.signedInAt(), now, policy.reauthenticateWithin()));
    }

    private static List<ReleasePolicy> asking(Policies policies) {
        return policies.all().values().stream().map(Policies.PolicyInForce::policy).filter(ReleasePolicy::requiresApprovals)
                .toList();
    }

    /** Two acts are by different people only where they have no name in common. */
    private static boolean isOneHand(Set<String> one, Set<String> other) {
        return one.stream().anyMatch(other::contains);
    }

    /** Whether an approval stands that is by the same hand. */
    boolean isApproved(int version, Set<String> by) {
        return approvals(version).anyMatch(approval -> isOneHand(approval.by(), by));
    }

    boolean deployed(String deployment, Set<String> by) {
        return all(PromptDeployed.class).anyMatch(release -> release.id().equals(deployment) && isOneHand(release.by(), by));
    }

    /** Nobody takes back what another said of their own version, unless they could approve it: an author's name must be in both. */
    boolean mayTakeBack(List<String> rejections, int version, Set<String> by, Policies policies) {
        var author = authors().get(version - 1);
        return asking(policies).stream().anyMatch(ReleasePolicy::authorMayApprove) || all(PromptRejected.class)
                .filter(rejection -> rejections.contains(rejection.id()))
                .allMatch(rejection -> by.stream().filter(author::contains).allMatch(rejection.by()::contains));
    }

    /** Whether this deployment was of an approved version, which nobody has rejected or revoked since, or judged good. */
    boolean isProper(Said<PromptDeployed> release) {
        var evidence = release.event().approvals().stream().map(CountedApproval::approval).toList();
        boolean good = all(EmergencyReviewed.class).anyMatch(review -> review.event().deployment().equals(release.id())
                && review.event().verdict() == Verdict.GOOD);
        return (!release.event().emergency() || good) && !isRejected(release.event().version())
                && approvals(release.event().version()).map(Said::id).toList().containsAll(evidence);
    }

    /** The release in force there, or that was last, and those before it, newest first. */
    private List<Said<PromptDeployed>> released(String environment) {
        var releases = all(PromptDeployed.class).filter(release -> release.event().environment().equals(environment)).toList();
        var moves = history.stream().map(message -> switch (message.getPayload()) {
            case PromptDeployed e when e.environment().equals(environment) -> message.getIdentifier();
            case PromptRolledBack e when e.environment().equals(environment) -> e.restores();
            default -> null;
        }).filter(Objects::nonNull).toList();
        int inForce = moves.isEmpty() ? -1 : releases.stream().map(Said::id).toList().indexOf(moves.getLast());
        return releases.subList(0, inForce + 1).reversed();
    }

    /** Who wrote version 1, 2, 3 and so on. */
    List<Set<String>> authors() {
        return history.stream().filter(message -> switch (message.getPayload()) {
            case PromptCreated _,PromptEdited _,VersionImported _ -> true;
            default -> false;
        }).map(ReferenceModel::names).toList();
    }

    private Stream<Said<PromptApproved>> approvals(int version) {
        return all(PromptApproved.class).filter(approval -> approval.event().version() == version
                && all(ApprovalRevoked.class).noneMatch(revoked -> revoked.event().approvals().contains(approval.id())));
    }

    private boolean isRejected(int version) {
        return all(PromptRejected.class).anyMatch(rejection -> rejection.event().version() == version
                && all(RejectionWithdrawn.class).noneMatch(gone -> gone.event().rejections().contains(rejection.id())));
    }

    private boolean passed(int version, String name) {
        return all(CheckRecorded.class).map(Said::event).filter(check -> check.version() == version && check.name().equals(name))
                .reduce((_, last) -> last).filter(check -> check.outcome() == CheckOutcome.PASSED).isPresent();
    }

    <E> Stream<Said<E>> all(Class<E> type) {
        return history.stream().filter(message -> type.isInstance(message.getPayload()))
                .map(message -> new Said<>(message.getIdentifier(), type.cast(message.getPayload()), names(message),
                        message.getTimestamp()));
    }

    private static Set<String> names(DomainEventMessage<?> message) {
        return names(Actor.of(message.getMetaData()));
    }

    static Set<String> names(Actor actor) {
        return Stream.of(actor.account(), actor.onBehalfOf()).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
