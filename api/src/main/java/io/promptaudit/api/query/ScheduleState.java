package io.promptaudit.api.query;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of a schedule. */
public enum ScheduleState {
    /** Its moment has not come. */
    PENDING,
    /** It was executed. */
    DONE,
    /** It was not, and will not be. */
    CANCELLED;

    /** The name in JSON: lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
