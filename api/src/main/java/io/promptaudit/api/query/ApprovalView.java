package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An approval that stands.
 *
 * @param approval its event's id
 * @param account whose it is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApprovalView(String approval, String account, Instant recordedAt, @Nullable String comment,
        @Nullable String meaning) {}
