package io.promptaudit.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a schedule was not executed. */
public enum Cancellation {
    /** Somebody cancelled it. */
    @JsonProperty("person")
    PERSON,
    /** A rule did not hold when its moment came. */
    @JsonProperty("rule")
    RULE,
    /** The server was not there at its moment, and for too long after. */
    @JsonProperty("missed")
    MISSED
}
