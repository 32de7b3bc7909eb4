package io.promptaudit.api.event;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An approval that a deployment was decided on: its event id and whose it is.
 *
 * @param recordedAt when it was given; null in old events
 * @param meaning what it stands for; null in old events
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CountedApproval(String approval, String account, @Nullable Instant recordedAt, @Nullable String meaning) {

    /** An approval of which nothing more is known. */
    public CountedApproval(String approval, String account) {
        this(approval, account, null, null);
    }
}
