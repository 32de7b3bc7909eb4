package io.promptaudit.api.query;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where the review of a version stands. */
public enum ReviewState {
    /** Approval was asked for, and nobody's decision stands. */
    PENDING,
    /** At least one approval stands, and no rejection. */
    APPROVED,
    /** A rejection stands. */
    REJECTED,
    /** Decisions were taken back, and nobody ever asked for one. */
    WITHDRAWN;

    /** The name in JSON: lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
