package io.promptaudit.api;

/** Where a version stands in its review. */
public enum VersionState {
    /** Written, nothing asked yet. */
    DRAFT,
    /** Approval was asked for. */
    IN_REVIEW,
    /** At least one approval stands and no rejection. */
    APPROVED,
    /** A rejection stands. */
    REJECTED
}
