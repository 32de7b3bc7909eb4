package io.promptaudit.command.prompt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.Cancellation;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Meaning;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CancelSchedule;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.api.command.PromptCommand.ImportVersion;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RejectPrompt;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RestorePrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.RollBackPrompt;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;
import io.promptaudit.api.command.PromptCommand.WithdrawPrompt;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.ApprovalRequested;
import io.promptaudit.api.event.ApprovalRevoked;
import io.promptaudit.api.event.CheckRecorded;
import io.promptaudit.api.event.DeploymentScheduled;
import io.promptaudit.api.event.EmergencyReviewed;
import io.promptaudit.api.event.PromptApproved;
import io.promptaudit.api.event.PromptArchived;
import io.promptaudit.api.event.PromptCommented;
import io.promptaudit.api.event.PromptCreated;
import io.promptaudit.api.event.PromptDeployed;
import io.promptaudit.api.event.PromptDescribed;
import io.promptaudit.api.event.PromptEdited;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.api.event.PromptRejected;
import io.promptaudit.api.event.PromptRestored;
import io.promptaudit.api.event.PromptRolledBack;
import io.promptaudit.api.event.PromptWithdrawn;
import io.promptaudit.api.event.RejectionWithdrawn;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.command.account.SignIns;
import io.promptaudit.command.environment.Policies;
import io.promptaudit.command.environment.Policies.PolicyInForce;
import io.promptaudit.command.trail.Actor;
import io.promptaudit.command.trail.CommandGate;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.Permissions;
import io.promptaudit.command.validation.Digests;

/** Guards one prompt: versions count up, only what the rules let through is approved or goes live, and nothing is lost. */
@Aggregate(type = "Prompt", cache = "promptCache", snapshotTriggerDefinition = "promptSnapshots")
public final class Prompt {
    /** {@code prompt:<name>}; read by Axon. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable")
    private String id;
    private PromptFacts facts = new PromptFacts();
    private String latestEvent = "";

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decided handle(CreatePrompt c) {
        if (facts.latest() > 0) {
            throw new CommandRejected(Rule.PROMPT_EXISTS, "the prompt exists already; an editor can write its next version");
        }
        return decided(1, new PromptCreated(c.prompt(), c.type(), c.content(), c.config(), c.note(),
                Digests.of(c.type(), c.content(), c.config()), c.title(), c.description(), c.owner(), c.tags()));
    }

    @CommandHandler
    Decided handle(EditPrompt c) {
        requireNotArchived();
        if (c.basedOn() != facts.latest()) {
            throw new CommandRejected(Rule.STALE_VERSION,
                    "the edit is based on version %d, the latest is %d; an editor can base it on that"
                            .formatted(c.basedOn(), facts.latest()));
        }
        int version = facts.latest() + 1;
        return decided(version, new PromptEdited(c.prompt(), version, c.basedOn(), c.type(), c.content(), c.config(),
                c.note(), Digests.of(c.type(), c.content(), c.config())));
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decided handle(ImportVersion c) {
        String digest = Digests.of(c.type(), c.content(), c.config());
        if (facts.knowsImport(Imports.recognition(c.claimedAt(), c.claimedAuthor(), digest))) {
            return Decided.NOTHING;
        }
        requireNotArchived();
        int version = facts.latest() + 1;
        return decided(version, new VersionImported(c.prompt(), version, c.type(), c.content(), c.config(), c.note(), digest,
                c.title(), c.claimedAuthor(), c.claimedAt(), c.commit()));
    }

    @CommandHandler
    Decided handle(DescribePrompt c) {
        requireNotArchived();
        return decided(new PromptDescribed(c.prompt(), c.title(), c.description(), c.owner(), c.tags()));
    }

    @CommandHandler
    Decided handle(RequestApproval c) {
        if (version(c.version()).inReview()) {
            throw new CommandRejected(Rule.ALREADY_IN_REVIEW,
                    "approval of version %d was asked for; a reviewer can give or refuse it".formatted(c.version()));
        }
        return decided(c.version(), new ApprovalRequested(c.prompt(), c.version(), c.note(), c.reviewers()));
    }

    @CommandHandler
    Decided handle(ApprovePrompt c, MetaData metadata, Policies policies, InstantSource clock) {
        VersionFacts version = version(c.version());
        Caller caller = CommandGate.caller(metadata);
        Actor actor = Actor.of(metadata);
        new SigningRules(policies).require(c.version(), version.author().sharesNameWith(actor), caller.signedInAt(),
                clock.instant());
        version.approvalSharedWith(actor).ifPresent(standing -> {
            throw new CommandRejected(Rule.ALREADY_APPROVED,
                    "the approval of version %d by %s stands, in a name of yours; another reviewer can add theirs, and you can revoke it and approve anew"
                            .formatted(c.version(), standing.by().inWords()));
        });
        return decided(c.version(), new PromptApproved(c.prompt(), c.version(), version.digest(), c.comment(),
                Meaning.said(c.meaning()), caller.roles(c.prompt()), caller.groups(), caller.signedInAt()));
    }

    @CommandHandler
    Decided handle(RejectPrompt c, MetaData metadata) {
        if (version(c.version()).rejectedBy(Actor.of(metadata).person())) {
            throw new CommandRejected(Rule.ALREADY_REJECTED,
                    "your rejection of version %d stands; another reviewer can add theirs".formatted(c.version()));
        }
        return decided(c.version(), new PromptRejected(c.prompt(), c.version(), c.reason()));
    }

    @CommandHandler
    Decided handle(RevokeApproval c, MetaData metadata) {
        List<String> revoked = ids(ownOrAll(version(c.version()).approvals(), Actor.of(metadata)));
        if (revoked.isEmpty()) {
            throw new CommandRejected(Rule.NOT_APPROVED,
                    "no approval of version %d stands; a reviewer can approve it".formatted(c.version()));
        }
        return decided(c.version(), new ApprovalRevoked(c.prompt(), c.version(), revoked, c.reason()));
    }

    @CommandHandler
    Decided handle(WithdrawRejection c, MetaData metadata, Policies policies) {
        VersionFacts version = version(c.version());
        Actor actor = Actor.of(metadata);
        List<Signature> withdrawn = ownOrAll(version.rejections(), actor);
        if (withdrawn.isEmpty()) {
            throw new CommandRejected(Rule.NOT_REJECTED,
                    "no rejection of version %d stands; a reviewer can reject it".formatted(c.version()));
        }
        if (withdrawn.stream().anyMatch(rejection -> version.isAuthorAgainst(rejection, actor))) {
            new SigningRules(policies).requireAuthorMayWithdraw(c.version());
        }
        return decided(c.version(), new RejectionWithdrawn(c.prompt(), c.version(), ids(withdrawn), c.reason()));
    }

    @CommandHandler
    Decided handle(RecordCheck c) {
        version(c.version());
        return decided(c.version(),
                new CheckRecorded(c.prompt(), c.version(), c.name(), c.outcome(), c.url(), c.digest()));
    }

    @CommandHandler
    Decided handle(CommentOnPrompt c) {
        version(c.version());
        return decided(c.version(), new PromptCommented(c.prompt(), c.version(), c.text()));
    }

    @CommandHandler
    Decided handle(DeployPrompt c, MetaData metadata, Policies policies, InstantSource clock) {
        return deploy(c, Actor.of(metadata), policies, clock, null);
    }

    private Decided deploy(DeployPrompt c, Actor actor, Policies policies, InstantSource clock, @Nullable String schedule) {
        PolicyInForce inForce = policy(c.environment(), policies);
        VersionFacts version = version(c.version());
        var evidence = new ReleaseRules(c, facts, inForce, actor, clock.instant()).require();
        return decided(c.version(), new PromptDeployed(c.prompt(), c.version(), c.environment(), version.digest(), c.reason(),
                c.ticket(), c.emergency(), inForce.revision(), evidence.approvals(), evidence.checks(),
                facts.in(c.environment()).active(), schedule));
    }

    /** Whether the rules of a deployment hold is not asked before its moment, except that there is something to deploy. */
    @CommandHandler
    Decided handle(ScheduleDeployment c, MetaData metadata, Policies policies, PendingSchedules pending, InstantSource clock) {
        policy(c.environment(), policies);
        String digest = version(c.version()).digest();
        Instant at = Schedule.moment(c.at(), clock.instant());
        Decided decided = decided(c.version(), new DeploymentScheduled(c.prompt(), c.version(), c.environment(), digest, at,
                c.reason(), c.ticket()));
        pending.add(latestEvent, c.prompt(), at, Actor.of(metadata));
        return decided;
    }

    @CommandHandler
    Decided handle(CancelSchedule c, MetaData metadata, PendingSchedules pending) {
        Schedule schedule = facts.schedules().pending().get(c.schedule());
        if (schedule == null) {
            if (facts.schedules().ended().contains(c.schedule())) {
                throw new CommandRejected(Rule.SCHEDULE_NOT_PENDING,
                        "the schedule was executed or cancelled already; a deployer can make another");
            }
            throw new UnknownThing("schedule-not-found", "the prompt has no schedule with this id");
        }
        Permissions.requireDeployer(CommandGate.caller(metadata), c.prompt(), schedule.environment());
        pending.remove(c.schedule());
        return decided(schedule.version(),
                schedule.cancelled(c.prompt(), c.schedule(), Cancellation.PERSON, null, c.reason()));
    }

    /** The prompt's own state decides, so a schedule comes to its end once, however many ask. */
    @CommandHandler
    Decided handle(ExecuteSchedule c, Policies policies, PendingSchedules pending, SignIns signIns, InstantSource clock) {
        pending.remove(c.schedule());
        Schedule schedule = facts.schedules().pending().get(c.schedule());
        if (schedule == null) {
            return Decided.NOTHING;
        }
        schedule.requireBy(new Actor(c.account(), c.onBehalfOf()));
        if (c.missed()) {
            return decided(schedule.version(), schedule.cancelled(c.prompt(), c.schedule(), Cancellation.MISSED, null,
                    "the server was not there at its moment, nor soon after"));
        }
        try {
            schedule.requireGranted(signIns.admit(schedule.presented()), c.prompt());
            return deploy(schedule.deployment(c.prompt()), schedule.by(), policies, clock, c.schedule());
        } catch (CommandRejected rejected) {
            return decided(schedule.version(), schedule.cancelled(c.prompt(), c.schedule(), Cancellation.RULE, rejected,
                    rejected.getMessage()));
        }
    }

    @CommandHandler
    Decided handle(RollBackPrompt c, Policies policies) {
        PolicyInForce inForce = policy(c.environment(), policies);
        requireNotArchived();
        if (c.toVersion() != null) {
            version(c.toVersion());
        }
        var rules = new RollbackRules(facts, c.environment(), inForce);
        Release target = c.toVersion() == null ? rules.before() : rules.of(c.toVersion());
        return decided(target.version(),
                new PromptRolledBack(c.prompt(), target.version(), c.environment(), facts.version(target.version()).digest(),
                        c.reason(), inForce.revision(), target.deployment(), facts.in(c.environment()).active()));
    }

    @CommandHandler
    Decided handle(WithdrawPrompt c, Policies policies) {
        policy(c.environment(), policies);
        ActiveDeployment active = facts.in(c.environment()).active();
        if (active == null) {
            throw new CommandRejected(Rule.NOTHING_ACTIVE,
                    "nothing of the prompt is active in %s; a deployer can deploy a version".formatted(c.environment()));
        }
        return decided(active.version(),
                new PromptWithdrawn(c.prompt(), active.version(), c.environment(), active.deployment(), c.reason()));
    }

    @CommandHandler
    Decided handle(ReviewEmergency c, MetaData metadata) {
        for (var there : facts.environments().entrySet()) {
            for (Release release : there.getValue().releases()) {
                if (release.deployment().equals(c.deployment())) {
                    return review(c, release, there.getKey(), Actor.of(metadata));
                }
            }
        }
        throw new UnknownThing("deployment-not-found", "the prompt has no deployment with this id");
    }

    private Decided review(ReviewEmergency c, Release release, String environment, Actor actor) {
        if (!release.isOpenEmergency()) {
            throw new CommandRejected(Rule.NO_OPEN_EMERGENCY,
                    "the deployment was no emergency, or a reviewer has closed its debt");
        }
        if (release.deployer().sharesNameWith(actor)) {
            throw new CommandRejected(Rule.DEPLOYER_MAY_NOT_REVIEW,
                    "whoever deployed in an emergency does not close its debt; another reviewer can");
        }
        return decided(release.version(), new EmergencyReviewed(c.prompt(), release.version(), environment, c.deployment(),
                c.verdict(), c.comment()));
    }

    @CommandHandler
    Decided handle(ArchivePrompt c) {
        requireNotArchived();
        List<String> active = facts.environments().entrySet().stream().filter(there -> there.getValue().active() != null)
                .map(there -> there.getKey()).toList();
        if (!active.isEmpty()) {
            throw new CommandRejected(Rule.STILL_ACTIVE,
                    "the prompt is active in %s; a deployer can withdraw it there".formatted(String.join(", ", active)));
        }
        return decided(new PromptArchived(c.prompt(), c.reason()));
    }

    @CommandHandler
    Decided handle(RestorePrompt c) {
        if (!facts.archived()) {
            throw new CommandRejected(Rule.NOT_ARCHIVED, "the prompt is not archived; an editor can archive it");
        }
        return decided(new PromptRestored(c.prompt(), c.reason()));
    }

    @EventSourcingHandler
    private void on(PromptEvent event, EventMessage<?> message) {
        id = "prompt:" + event.prompt();
        latestEvent = message.getIdentifier();
        facts.apply(event, message);
    }

    @EventSourcingHandler
    private void on(PromptSnapshot snapshot, DomainEventMessage<?> message) {
        id = message.getAggregateIdentifier();
        facts = snapshot.facts();
    }

    private VersionFacts version(int number) {
        if (!facts.has(number)) {
            throw new UnknownThing("version-not-found", "the prompt has no version " + number);
        }
        requireNotArchived();
        return facts.version(number);
    }

    private static PolicyInForce policy(String environment, Policies policies) {
        return policies.of(environment).orElseThrow(
                () -> new UnknownThing("environment-not-found", "there is no environment " + environment));
    }

    private static List<Signature> ownOrAll(List<Signature> signatures, Actor actor) {
        List<Signature> own = signatures.stream().filter(signature -> signature.by().person().equals(actor.person())).toList();
        return own.isEmpty() ? signatures : own;
    }

    private static List<String> ids(List<Signature> signatures) {
        return signatures.stream().map(Signature::event).toList();
    }

    private void requireNotArchived() {
        if (facts.archived()) {
            throw new CommandRejected(Rule.ARCHIVED, "the prompt is archived; an editor can restore it");
        }
    }

    private Decided decided(PromptEvent event) {
        AggregateLifecycle.apply(event);
        return Decided.event(latestEvent);
    }

    private Decided decided(int version, PromptEvent event) {
        AggregateLifecycle.apply(event);
        return Decided.event(latestEvent, version);
    }

    /** For Axon, which rebuilds the prompt from its events. */
    @SuppressWarnings("NullAway.Init")
    Prompt() {}
}
