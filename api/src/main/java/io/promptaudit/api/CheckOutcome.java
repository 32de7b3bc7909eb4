package io.promptaudit.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The verdict of an evaluation of a version. */
public enum CheckOutcome {
    /** The version did what the check asks. */
    @JsonProperty("passed")
    PASSED,
    /** It did not. */
    @JsonProperty("failed")
    FAILED
}
