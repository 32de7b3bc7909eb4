package io.promptaudit.ledger.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An approval or a rejection that stands.
 *
 * @param event its event's id
 * @param roles the roles that the signer held for the prompt, as far as the event says
 * @param groups the signer's, as far as the event says
 * @param authenticatedAt when the signer had last proved who they are, or null
 */
record Signature(String event, Actor by, Instant at, List<String> roles, List<String> groups,
        @Nullable Instant authenticatedAt) {

    static Signature of(Act act) {
        return new Signature(act.id(), act.by(), act.at(), act.body().texts("roles"), act.body().texts("groups"),
                act.body().findInstant("authenticatedAt"));
    }

    boolean isFresh(@Nullable Duration within) {
        return isFresh(at, within);
    }

    /** Whether it would be fresh if it had been given at this moment. */
    boolean isFresh(Instant moment, @Nullable Duration within) {
        return within == null || (authenticatedAt != null && !moment.isAfter(authenticatedAt.plus(within)));
    }
}
