package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.ActiveDeployment;

/**
 * The version that was active in an environment at a moment, and the evidence of its deployment.
 *
 * @param onBehalfOf the person that the version's author acted for, or null
 * @param state where the version stands now
 * @param approvals those the deployment was decided on; a rollback has those of the deployment it restores
 * @param checks every recorded check of the version
 * @param since from when it was active
 * @param until when that ended, or null
 * @param deployment the id of the deployment that made it active
 * @param replaced what was active before, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActiveView(String prompt, int version, PromptType type, Content content, Map<String, Object> config, String note,
        String author, @Nullable String onBehalfOf, Instant recordedAt, String digest, VersionState state,
        List<ApprovalView> approvals, List<CheckView> checks, @Nullable ImportView imported, String environment, Instant since,
        @Nullable Instant until,
        String deployment, boolean emergency, long policyRevision, @Nullable ActiveDeployment replaced) {

    /** The version as it was active by this deployment. */
    public static ActiveView of(VersionView version, DeploymentView by) {
        return new ActiveView(version.prompt(), version.version(), version.type(), version.content(), version.config(),
                version.note(), version.author(), version.onBehalfOf(), version.recordedAt(), version.digest(), version.state(),
                by.approvals(), version.checks(), version.imported(), by.environment(), by.since(), by.until(), by.deployment(),
                by.emergency(),
                by.policyRevision(), by.replaced());
    }
}
