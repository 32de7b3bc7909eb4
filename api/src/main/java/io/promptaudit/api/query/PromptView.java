package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.VersionState;

/**
 * One prompt as the catalogue shows it.
 *
 * @param latest the number of its latest version
 * @param state where the latest version stands
 * @param active what is active where, by environment
 * @param onBehalfOf the person that {@code createdBy} acted for, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptView(String name, @Nullable String title, @Nullable String description, @Nullable String owner,
        List<String> tags, int latest, VersionState state, boolean archived, List<ActiveIn> active, String createdBy,
        @Nullable String onBehalfOf, Instant createdAt, Instant changedAt) {

    /** A version active in an environment, by this deployment, since then. */
    public record ActiveIn(String environment, int version, String deployment, Instant since) {}

    /** The same prompt with another latest version, and with this title if it had none. */
    public PromptView versioned(int number, VersionState stands, @Nullable String fallback, Instant at) {
        return new PromptView(name, title == null ? fallback : title, description, owner, tags, number, stands, archived, active,
                createdBy, onBehalfOf, createdAt, at);
    }

    /** The same prompt whose latest version stands elsewhere. */
    public PromptView standing(VersionState stands, Instant at) {
        return new PromptView(name, title, description, owner, tags, latest, stands, archived, active, createdBy, onBehalfOf,
                createdAt, at);
    }

    /** The same prompt, described otherwise. */
    public PromptView described(@Nullable String newTitle, @Nullable String newDescription, @Nullable String newOwner,
            List<String> newTags, Instant at) {
        return new PromptView(name, newTitle, newDescription, newOwner, newTags, latest, state, archived, active, createdBy,
                onBehalfOf, createdAt, at);
    }

    /** The same prompt, active elsewhere. */
    public PromptView active(List<ActiveIn> now, Instant at) {
        return new PromptView(name, title, description, owner, tags, latest, state, archived, now, createdBy, onBehalfOf,
                createdAt, at);
    }

    /** The same prompt, archived or not. */
    public PromptView archived(boolean now, Instant at) {
        return new PromptView(name, title, description, owner, tags, latest, state, now, active, createdBy, onBehalfOf, createdAt,
                at);
    }
}
