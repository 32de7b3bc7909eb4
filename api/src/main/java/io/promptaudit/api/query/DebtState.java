package io.promptaudit.api.query;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether somebody else has judged an emergency deployment. */
public enum DebtState {
    /** Nobody has. */
    OPEN,
    /** Nobody has, and the time for it is over. */
    OVERDUE,
    /** Somebody has. */
    CLOSED;

    /** The name in JSON: lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
