package io.promptaudit.query.feed;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An environment has this release policy now.
 *
 * @param frozen why nothing may be deployed there; null when it may
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyChange(String environment, long revision, int requiredApprovals, boolean authorMayApprove,
        boolean approverMayDeploy, List<String> requiredChecks, boolean emergencyAllowed, @Nullable String frozen,
        String reason) {}
