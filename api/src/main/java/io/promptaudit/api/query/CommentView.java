package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A remark on a version.
 *
 * @param comment its event's id
 * @param account who made it
 * @param onBehalfOf the person that account acted for, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CommentView(String comment, String prompt, int version, String account, @Nullable String onBehalfOf,
        Instant recordedAt, String text) {}
