package io.promptaudit.api.event;

import java.util.List;

import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Somebody decided that the ledger goes on under a new origin and new keys, because what is signed under the old ones cannot be
 * gone on with: the database was set back, the checkpoints or keys were lost, or a key is in wrong hands. What the old epoch
 * signed can still be verified; what it signed beyond {@code kept} is lost, and this says so.
 *
 * @param epoch its number; the first epoch is opened by nobody
 * @param origin whose checkpoints count from now on
 * @param keys the verifier keys of the new epoch (C2SP signed-note)
 * @param retired the verifier keys before, as far as they were there
 * @param reason in the words of who decided
 * @param kept how many events, and so entries of the ledger, there were when it was decided
 * @param finding why nothing was signed, in the server's words; null when all was well
 * @param checkpoint the newest checkpoint of the epochs before that the second place knew, with its signatures; null when it
 *     knew none
 */
@Revision("1")
public record EpochOpened(int epoch, String origin, List<String> keys, List<String> retired, String reason,
        long kept, @Nullable String finding,
        @Nullable String checkpoint) implements ServerEvent {

    /** Keeps its own copies of the keys. */
    public EpochOpened {
        keys = List.copyOf(keys);
        retired = List.copyOf(retired);
    }
}
