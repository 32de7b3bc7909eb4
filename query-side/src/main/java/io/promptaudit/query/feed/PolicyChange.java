package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An environment has this release policy now, or an admin proposes it.
 *
 * @param frozen why nothing may be deployed there; null when it may
 * @param confirms the id of the event that proposed it, where a second admin confirmed it; else absent
 * @param proposedBy who proposed it then; else absent
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyChange(String environment, long revision, int requiredApprovals, boolean authorMayApprove,
        boolean approverMayDeploy, List<String> requiredChecks, boolean emergencyAllowed, @Nullable String frozen,
        String reason, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String confirms,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String proposedBy) {}
