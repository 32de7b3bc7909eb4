package io.promptaudit.command.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;

/**
 * What decisions need of one API key that was not revoked.
 *
 * @param endsAt when it ends by itself; {@link Instant#MAX} for never
 * @param grants what it is limited to, or null
 * @param isRotated whether it has a successor already
 */
record KeyState(Instant since, Instant endsAt, @Nullable List<Grant> grants, boolean isRotated) {

    static KeyState of(Instant since, @Nullable Instant endsAt, @Nullable List<Grant> grants) {
        return new KeyState(since, endsAt == null ? Instant.MAX : endsAt, grants, false);
    }

    boolean isGood(Instant now) {
        return now.isBefore(endsAt);
    }

    KeyState rotated(Instant end) {
        return new KeyState(since, end, grants, true);
    }

    /** When a successor made now ends: it lasts as long as this key was to last. */
    @Nullable
    Instant successorsEnd(Instant now) {
        return endsAt.equals(Instant.MAX) ? null : now.plus(Duration.between(since, endsAt));
    }
}
