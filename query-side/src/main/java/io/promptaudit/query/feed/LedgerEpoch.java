package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The ledger goes on under a new origin and new keys.
 *
 * @param epoch its number
 * @param origin whose checkpoints count from now on
 * @param keys the verifier keys of the new epoch
 * @param retired the verifier keys before
 * @param kept how many events there were when it was decided
 * @param finding why nothing was signed; null when all was well
 * @param checkpoint the newest signed one of the epochs before that was known; null when none was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LedgerEpoch(int epoch, String origin, List<String> keys, List<String> retired, String reason, long kept,
        @Nullable String finding,
        @Nullable String checkpoint) {}
