package io.promptaudit.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How somebody else judged an emergency deployment afterwards. */
public enum Verdict {
    /** The version counts as properly released. */
    @JsonProperty("good")
    GOOD,
    /** The version never counts as a target to roll back to. */
    @JsonProperty("bad")
    BAD
}
