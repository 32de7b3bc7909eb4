package io.promptaudit.command.prompt;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Role;
import io.promptaudit.command.trail.Actor;

/**
 * A standing approval or rejection.
 *
 * @param event its event's id
 * @param by who gave it
 * @param at when it was given
 * @param meaning what it stands for, where the signer said so
 * @param roles those that the signer held for the prompt then; none for a rejection
 * @param groups those that the signer belonged to then; none for a rejection
 * @param authenticatedAt when the signer had last proved who they are, or null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Signature(String event, Actor by, Instant at, @Nullable String meaning, List<Role> roles,
        List<String> groups, @Nullable Instant authenticatedAt) {

    /** A snapshot leaves empty parts out. */
    @SuppressWarnings("NullAway")
    Signature {
        roles = roles == null ? List.of() : List.copyOf(roles);
        groups = groups == null ? List.of() : List.copyOf(groups);
    }

    boolean isFresh(@Nullable Duration within) {
        return isFresh(authenticatedAt, at, within);
    }

    /** Whether a signature at this moment follows an authentication soon enough; null asks for none. */
    static boolean isFresh(@Nullable Instant authenticatedAt, Instant at, @Nullable Duration within) {
        return within == null || (authenticatedAt != null && !authenticatedAt.plus(within).isBefore(at));
    }
}
