package io.promptaudit.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What an environment asks of a version before it may be active there. Always set whole.
 *
 * @param requiredApprovals how many approvals must count, 0 to 10
 * @param authorMayApprove whether an author's approval of their own version counts
 * @param approverMayDeploy whether somebody whose approval stands may deploy the version
 * @param requiredChecks names of the checks whose latest outcome must be {@code passed}
 * @param emergencyAllowed whether approvals may be skipped, at the price of a debt
 * @param frozen why nothing may be deployed now, or null
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReleasePolicy(int requiredApprovals, boolean authorMayApprove, boolean approverMayDeploy,
        List<String> requiredChecks, boolean emergencyAllowed, @Nullable Freeze frozen) {

    /** The most approvals that a policy may require. */
    public static final int MOST_APPROVALS = 10;

    /** Keeps its own copy of the checks. */
    public ReleasePolicy {
        requiredChecks = List.copyOf(requiredChecks);
    }

    /** A stop on deployments, and why. */
    public record Freeze(String reason) {}
}
