package io.promptaudit.ledger.release;

import java.util.Arrays;
import java.util.Optional;

/** A kind of history that the rules are for, and what is recorded there and nowhere else. */
enum History {
    PROMPT("prompt:"), ENVIRONMENT("environment:"), ACCOUNT("account:"), LEDGER("server:ledger");

    private final String prefix;

    History(String prefix) {
        this.prefix = prefix;
    }

    /** The kind that this aggregate is of, if it is one of these. */
    static Optional<History> of(String aggregate) {
        return Arrays.stream(values()).filter(history -> history.has(aggregate)).findFirst();
    }

    private boolean has(String aggregate) {
        return this == LEDGER ? aggregate.equals(prefix) : aggregate.startsWith(prefix);
    }

    /** Where events of this type stand, whatever their revision; empty for types that no rule is for, or that are not known. */
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
            case "EpochOpened", "LedgerKeysRotated" -> Optional.of(LEDGER);
            default -> Optional.empty();
        };
    }

    /** What an aggregate of this kind is called. */
    String name(String aggregate) {
        return aggregate.substring(prefix.length());
    }
}
