package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Verdict;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.CountedCheck;

/**
 * A deployment: how a version became active somewhere, on what evidence, and how that ended.
 *
 * @param deployment its event's id
 * @param by who deployed
 * @param onBehalfOf the person that account acted for, or null; so too where somebody reviewed or ended it
 * @param approvals those it was decided on; a rollback has those of the deployment it restores
 * @param checks those it was decided on
 * @param restores for a rollback, the deployment that released the version before; else null
 * @param replaced what was active before, or null
 * @param review how somebody else judged an emergency, or null
 * @param until when it ended, or null
 * @param ended how it ended, or null
 * @param schedule the schedule that was executed, or null
 * @param due until when somebody else is to judge an emergency, while nobody has; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeploymentView(String deployment, String prompt, int version, String environment, String digest, String by,
        @Nullable String onBehalfOf, Instant since, @Nullable Instant until, String reason, @Nullable String ticket,
        boolean emergency, long policyRevision, List<ApprovalView> approvals, List<CountedCheck> checks,
        @Nullable String restores,
        @Nullable ActiveDeployment replaced, @Nullable EmergencyReview review, @Nullable End ended, @Nullable String schedule,
        @Nullable Instant due) {

    /** The judgement of an emergency. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record EmergencyReview(Verdict verdict, String comment, String by, @Nullable String onBehalfOf, Instant recordedAt) {}

    /**
     * The end of a deployment.
     *
     * @param how {@code deployed}, {@code rolled-back} or {@code withdrawn}
     * @param deployment what took its place; null after a withdrawal
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record End(String how, String by, @Nullable String onBehalfOf, String reason, @Nullable String deployment) {}

    /** The same deployment with who gave the approvals it was decided on, by their ids. */
    public DeploymentView signed(Map<String, Signatory> signatories) {
        return new DeploymentView(deployment, prompt, version, environment, digest, by, onBehalfOf, since, until, reason, ticket,
                emergency, policyRevision, approvals.stream().map(approval -> approval.signed(signatories)).toList(), checks,
                restores,
                replaced, review, ended, schedule, due);
    }

    /** The same deployment, ended. */
    public DeploymentView ended(Instant at, End end) {
        return new DeploymentView(deployment, prompt, version, environment, digest, by, onBehalfOf, since, at, reason, ticket,
                emergency, policyRevision, approvals, checks, restores, replaced, review, end, schedule, due);
    }

    /** The same deployment, judged. */
    public DeploymentView reviewed(EmergencyReview judgement) {
        return new DeploymentView(deployment, prompt, version, environment, digest, by, onBehalfOf, since, until, reason, ticket,
                emergency, policyRevision, approvals, checks, restores, replaced, judgement, ended, schedule, null);
    }

    /** The same emergency, to be judged until then. */
    public DeploymentView withDue(Instant moment) {
        return new DeploymentView(deployment, prompt, version, environment, digest, by, onBehalfOf, since, until, reason, ticket,
                emergency, policyRevision, approvals, checks, restores, replaced, review, ended, schedule, moment);
    }
}
