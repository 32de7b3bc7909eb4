package io.promptaudit.server.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How the verification of the ledger stands.
 *
 * @param state of the round under way, or of the last one
 * @param lastResult of the last round that ended; missing before the first
 * @param startedAt when that round, or the one under way, began
 * @param finishedAt when the last round ended
 * @param age the time since then
 * @param entries how many were verified in the round that {@code startedAt} is of
 * @param entriesPerSecond in the same
 * @param found how much is not as it was sealed
 * @param findings the first of it: of the round under way as soon as it has any, before of the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerificationView(State state, @Nullable State lastResult, @Nullable Instant startedAt, @Nullable Instant finishedAt,
        @Nullable Duration age, long entries, long entriesPerSecond, long found, List<Finding> findings) {

    /** Of a round. */
    enum State {
        /** Under way. */
        RUNNING,
        /** Everything is as it was sealed. */
        GOOD,
        /** Something is not, or could not be read. */
        FAILED
    }
}
