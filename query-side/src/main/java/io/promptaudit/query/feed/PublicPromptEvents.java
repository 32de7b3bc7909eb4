package io.promptaudit.query.feed;

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
import io.promptaudit.api.event.ScheduleCancelled;
import io.promptaudit.api.event.VersionImported;
import io.promptaudit.query.feed.PublicEvents.Told;

import static io.promptaudit.query.feed.PublicEvents.name;
import static io.promptaudit.query.feed.PublicEvents.replaced;

/** Turns what happened to a prompt into what is told of it. */
final class PublicPromptEvents {
    private PublicPromptEvents() {}

    static Told tell(PromptEvent event, String id) {
        return new Told("prompt." + type(event), event.prompt(), data(event, id));
    }

    private static String type(PromptEvent event) {
        return switch (event) {
            case PromptCreated _ -> "created";
            case PromptEdited _ -> "edited";
            case VersionImported _ -> "version-imported";
            case PromptDescribed _ -> "described";
            case PromptArchived _ -> "archived";
            case PromptRestored _ -> "restored";
            case ApprovalRequested _ -> "approval-requested";
            case PromptApproved _ -> "approved";
            case PromptRejected _ -> "rejected";
            case ApprovalRevoked _ -> "approval-revoked";
            case RejectionWithdrawn _ -> "rejection-withdrawn";
            case CheckRecorded _ -> "check-recorded";
            case PromptCommented _ -> "commented";
            case PromptDeployed _ -> "deployed";
            case PromptRolledBack _ -> "rolled-back";
            case PromptWithdrawn _ -> "withdrawn";
            case EmergencyReviewed _ -> "emergency-reviewed";
            case DeploymentScheduled _ -> "deployment-scheduled";
            case ScheduleCancelled _ -> "schedule-cancelled";
        };
    }

    private static Object data(PromptEvent event, String id) {
        return switch (event) {
            case PromptCreated e ->
                new VersionChange(e.prompt(), 1, name(e.type()), e.digest(), e.note(), null, null);
            case PromptEdited e ->
                new VersionChange(e.prompt(), e.version(), name(e.type()), e.digest(), e.note(), e.basedOn(), null);
            case VersionImported e -> new VersionChange(e.prompt(), e.version(), name(e.type()), e.digest(), e.note(), null,
                    new VersionChange.Imported(e.claimedAuthor(), e.claimedAt(), e.commit()));
            case PromptDescribed e ->
                new PromptChange(e.prompt(), e.title(), e.description(), e.owner(), e.tags(), null);
            case PromptArchived e -> new PromptChange(e.prompt(), null, null, null, null, e.reason());
            case PromptRestored e -> new PromptChange(e.prompt(), null, null, null, null, e.reason());
            case ApprovalRequested e ->
                new ReviewChange(e.prompt(), e.version(), null, e.note(), null, e.reviewers(), null);
            case PromptApproved e ->
                new ReviewChange(e.prompt(), e.version(), e.digest(), e.comment(), e.meaning(), null, null);
            case PromptRejected e -> new ReviewChange(e.prompt(), e.version(), null, e.reason(), null, null, null);
            case ApprovalRevoked e ->
                new ReviewChange(e.prompt(), e.version(), null, e.reason(), null, null, e.approvals());
            case RejectionWithdrawn e ->
                new ReviewChange(e.prompt(), e.version(), null, e.reason(), null, null, e.rejections());
            case CheckRecorded e ->
                new VersionRemark(e.prompt(), e.version(), null, e.name(), name(e.outcome()), e.url(), e.digest());
            case PromptCommented e -> new VersionRemark(e.prompt(), e.version(), e.text(), null, null, null, null);
            case PromptDeployed e -> new ReleaseChange(e.prompt(), e.version(), e.environment(), id, e.digest(), e.reason(),
                    e.ticket(), e.emergency(), e.policyRevision(), null, replaced(e.replaced()), null, e.schedule());
            case PromptRolledBack e -> new ReleaseChange(e.prompt(), e.version(), e.environment(), id, e.digest(),
                    e.reason(), null, false, e.policyRevision(), e.restores(), replaced(e.replaced()), null, null);
            case PromptWithdrawn e -> new ReleaseChange(e.prompt(), e.version(), e.environment(), e.deployment(), null,
                    e.reason(), null, null, null, null, null, null, null);
            case EmergencyReviewed e -> new ReleaseChange(e.prompt(), e.version(), e.environment(), e.deployment(), null,
                    e.comment(), null, null, null, null, null, name(e.verdict()), null);
            case DeploymentScheduled e -> new ScheduleChange(e.prompt(), e.version(), e.environment(), id, e.digest(), e.at(),
                    e.reason(), e.ticket(), null, null, null);
            case ScheduleCancelled e -> new ScheduleChange(e.prompt(), e.version(), e.environment(), e.schedule(), null, null,
                    e.reason(), null, name(e.cause()), e.rule() == null ? null : e.rule().id(), e.policyRevision());
        };
    }
}
