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
 * @param authorsSinceRelease whether authors are all who wrote a version since the last release; like those after it, left out
 *     where nothing is asked for
 * @param approvals by whom there must be approvals, each by another person
 * @param reauthenticateWithin how long before an approval its signer may have signed in, at most; ISO 8601
 * @param freezeWindows when nothing may be deployed; ISO 8601
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PolicyChange(String environment, long revision, int requiredApprovals, boolean authorMayApprove,
        boolean approverMayDeploy, List<String> requiredChecks, boolean emergencyAllowed, @Nullable String frozen,
        String reason, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String confirms,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String proposedBy,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean authorsSinceRelease,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Places> approvals,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reauthenticateWithin,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Window> freezeWindows) {

    /** How many approvals there must be by people of a group or with a role. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Places(@Nullable String role, @Nullable String group, int count) {}

    /** When nothing may be deployed, and why. */
    public record Window(String from, String until, String reason) {}
}
