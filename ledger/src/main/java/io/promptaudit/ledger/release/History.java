package io.promptaudit.ledger.release;

import java.util.Arrays;
import java.util.Optional;

/** A kind of history that decides releases, and what is recorded there and nowhere else. */
enum History {
    PROMPT("prompt:"), ENVIRONMENT("environment:"), ACCOUNT("account:");

    private final String prefix;

    History(String prefix) {
        this.prefix = prefix;
    }

    /** The kind that this aggregate is of, if it is one of these. */
    static Optional<History> of(String aggregate) {
        return Arrays.stream(values()).filter(history -> aggregate.startsWith(history.prefix)).findFirst();
    }

    /** Where events of this type stand, whatever their revision; empty for types that decide no release, or are not known. */
    static Optional<History> ofType(String payloadType) {
        return payloadType.startsWith(Act.PACKAGE) ? named(payloadType.substring(Act.PACKAGE.length())) : Optional.empty();
    }

    private static Optional<History> named(String type) {
        return switch (type) {
            case "PromptCreated", "PromptEdited", "VersionImported", "PromptDescribed", "ApprovalRequested", "PromptApproved",
                    "PromptRejected", "ApprovalRevoked", "RejectionWithdrawn", "CheckRecorded", "PromptCommented",
                    "PromptDeployed", "PromptRolledBack", "PromptWithdrawn", "EmergencyReviewed", "DeploymentScheduled",
                    "ScheduleCancelled", "PromptArchived", "PromptRestored" ->
                Optional.of(PROMPT);
            case "ReleasePolicyChanged", "PolicyChangeProposed", "PolicyChangeDeclined" -> Optional.of(ENVIRONMENT);
            case "AccountCreated", "AccountDescribed", "GrantsChanged", "GrantsChangeProposed", "GrantsChangeDeclined",
                    "GroupsChanged", "GroupsChangeProposed", "GroupsChangeDeclined", "PasswordSet", "IdentityLinked",
                    "AccountLocked", "AccountUnlocked", "AccountClosed", "AccountErased", "DelegateAllowed", "DelegateWithdrawn",
                    "KeyCreated", "KeyRotated", "KeyRevoked" ->
                Optional.of(ACCOUNT);
            default -> Optional.empty();
        };
    }

    /** What an aggregate of this kind is called. */
    String name(String aggregate) {
        return aggregate.substring(prefix.length());
    }
}
