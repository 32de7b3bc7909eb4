package io.promptaudit.api.query;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** How an attempt ended. */
public enum Outcome {
    /** It happened. */
    DONE,
    /** A rule refused it. */
    REFUSED;

    /** The name in JSON: lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
