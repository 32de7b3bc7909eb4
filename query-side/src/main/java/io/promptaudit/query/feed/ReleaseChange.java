package io.promptaudit.query.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What is active in an environment changed, or an emergency there was reviewed.
 *
 * @param deployment the deployment that this is about: the event's own id for a deployment or rollback
 * @param reason why, or the reviewer's comment
 * @param emergency whether approvals were skipped
 * @param restores the earlier deployment that a rollback goes back to
 * @param replaced what was active before
 * @param verdict {@code good} or {@code bad}, how an emergency was judged
 * @param schedule the schedule that was executed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReleaseChange(String prompt, int version, String environment, String deployment, @Nullable String digest,
        String reason, @Nullable String ticket, @Nullable Boolean emergency, @Nullable Long policyRevision,
        @Nullable String restores, @Nullable Replaced replaced, @Nullable String verdict,
        @Nullable String schedule) {

    /** A version that is active no longer, and the deployment that had made it so. */
    public record Replaced(int version, String deployment) {}
}
