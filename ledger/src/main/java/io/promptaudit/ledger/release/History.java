package io.promptaudit.ledger.release;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A kind of history that decides releases, and what is recorded there and nowhere else. */
enum History {
    PROMPT("prompt:",
            Set.of("PromptCreated", "PromptEdited", "VersionImported", "PromptDescribed", "ApprovalRequested", "PromptApproved",
                    "PromptRejected", "ApprovalRevoked", "RejectionWithdrawn", "CheckRecorded", "PromptCommented",
                    "PromptDeployed", "PromptRolledBack", "PromptWithdrawn", "EmergencyReviewed", "DeploymentScheduled",
                    "ScheduleCancelled", "PromptArchived", "PromptRestored")),
    ENVIRONMENT("environment:", Set.of("ReleasePolicyChanged", "PolicyChangeProposed", "PolicyChangeDeclined")),
    ACCOUNT("account:",
            Set.of("AccountCreated", "AccountDescribed", "GrantsChanged", "GrantsChangeProposed", "GrantsChangeDeclined",
                    "GroupsChanged", "GroupsChangeProposed", "GroupsChangeDeclined", "PasswordSet", "IdentityLinked",
                    "AccountLocked", "AccountUnlocked", "AccountClosed", "AccountErased", "DelegateAllowed", "DelegateWithdrawn",
                    "KeyCreated", "KeyRotated", "KeyRevoked"));

    private final String prefix;
    private final Set<String> types;

    History(String prefix, Set<String> types) {
        this.prefix = prefix;
        this.types = types;
    }

    /** The kind that this aggregate is of, if it is one of these. */
    static Optional<History> of(String aggregate) {
        return Arrays.stream(values()).filter(history -> aggregate.startsWith(history.prefix)).findFirst();
    }

    /** Where events of this type stand, whatever their revision; empty for types that decide no release, or are not known. */
    static Optional<History> ofType(String payloadType) {
        return payloadType.startsWith(Act.PACKAGE)
                ? Arrays.stream(values()).filter(history -> history.types.contains(payloadType.substring(Act.PACKAGE.length())))
                        .findFirst()
                : Optional.empty();
    }

    /** What an aggregate of this kind is called. */
    String name(String aggregate) {
        return aggregate.substring(prefix.length());
    }
}
