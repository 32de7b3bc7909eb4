package io.promptaudit.api;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What an account may be allowed to do. Every role includes {@link #VIEWER} on its pattern. */
public enum Role {
    /** Reads the prompts of the pattern. */
    VIEWER,
    /** Writes versions and asks for their approval. */
    EDITOR,
    /** Approves, rejects, and reviews emergencies. */
    REVIEWER,
    /** Deploys, rolls back and withdraws in the environments named. */
    DEPLOYER,
    /** Reads everything and changes nothing. */
    AUDITOR,
    /** Reads everything and manages accounts, environments and policies; releases nothing. */
    ADMIN;

    /** The name in JSON and in metadata: lower case. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the role reads every prompt, whatever its pattern. */
    public boolean readsEverything() {
        return this == AUDITOR || this == ADMIN;
    }
}
