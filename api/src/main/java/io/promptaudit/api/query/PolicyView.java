package io.promptaudit.api.query;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.ReleasePolicy;

/**
 * The release policy of an environment during an interval. The fields of the policy are those it is set by.
 *
 * @param policy its fields stand among those of the view
 * @param changedBy who put it in force
 * @param onBehalfOf the person that account acted for, or null
 * @param change the change that a second admin confirmed by it, or null
 * @param proposedBy who proposed that change, or null
 * @param since from when it was in force
 * @param until when the next revision took its place, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyView(String environment, long revision, @JsonUnwrapped ReleasePolicy policy, String reason,
        String changedBy, @Nullable String onBehalfOf, @Nullable String change, @Nullable String proposedBy, Instant since,
        @Nullable Instant until) {}
