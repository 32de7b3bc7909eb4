package io.promptaudit.query.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in caller was refused.
 *
 * @param command what was asked
 * @param target what it was asked of
 * @param rule the stable id of the rule that refused
 * @param policyRevision the revision of the release policy that decided
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Refusal(String command, String target, @Nullable String prompt, @Nullable Integer version,
        @Nullable String environment, String rule, String detail, @Nullable Long policyRevision) {}
