package io.promptaudit.api;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Who or what an account stands for. */
public enum AccountKind {
    /** A human being. */
    PERSON,
    /** A program acting for itself, such as a CI job. */
    SERVICE,
    /** A program acting for the person it names. */
    AGENT;

    /** The name in JSON and in metadata: lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
