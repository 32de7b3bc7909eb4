package io.promptaudit.api.query;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What became of a change that one admin proposed. */
public enum ChangeState {
    /** It waits for a second admin. */
    PENDING,
    /** A second admin let it take effect. */
    CONFIRMED,
    /** An admin declined it, or whoever proposed it withdrew it. */
    DECLINED,
    /** What it was based on has moved on. */
    STALE;

    /** The name in JSON: lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
