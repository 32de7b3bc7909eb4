package io.promptaudit.api.event;

/** Everything that can have happened to one prompt. */
public sealed interface PromptEvent extends TrailEvent
        permits PromptCreated, PromptEdited, VersionImported, PromptDescribed, ApprovalRequested, PromptApproved, PromptRejected,
        ApprovalRevoked, RejectionWithdrawn, CheckRecorded, PromptCommented, PromptDeployed, PromptRolledBack, PromptWithdrawn,
        EmergencyReviewed, DeploymentScheduled, ScheduleCancelled, PromptArchived, PromptRestored {
    /** The prompt's name. */
    String prompt();
}
