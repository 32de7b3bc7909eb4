package io.promptaudit.api.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.VersionState;
import io.promptaudit.api.event.ActiveDeployment;
import io.promptaudit.api.event.CountedCheck;

/**
 * A prompt as its events up to one of them say it was. Beside each account that acted stands the person it acted for, if any.
 *
 * @param sequence the number of the last event counted
 * @param position the position of that event
 * @param at the time of that event
 * @param owner the account that answers for the prompt, where somebody said so
 * @param latestVersion the highest version number
 * @param versions every version, ascending
 * @param active what is active, by environment
 * @param deployments every deployment and rollback, oldest first
 * @param emergencies the emergency deployments that nobody has reviewed yet, oldest first
 * @param schedules those neither executed nor cancelled yet, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayedPrompt(String prompt, long sequence, long position, Instant at, @Nullable String title,
        @Nullable String description, @Nullable String owner, List<String> tags, boolean archived, int latestVersion,
        List<Version> versions, List<Active> active, List<Deployment> deployments, List<Emergency> emergencies,
        List<Schedule> schedules) {

    /** Every approval that is spoken of. */
    public Stream<ApprovalView> approvals() {
        return Stream.concat(versions.stream().flatMap(version -> version.approvals().stream()),
                deployments.stream().flatMap(deployment -> deployment.approvals().stream()));
    }

    /** The same state with who approved, by the ids of their approvals. */
    public ReplayedPrompt signed(Map<String, Signatory> signatories) {
        return new ReplayedPrompt(prompt, sequence, position, at, title, description, owner, tags, archived, latestVersion,
                versions.stream().map(version -> version.signed(signatories)).toList(), active,
                deployments.stream().map(deployment -> deployment.signed(signatories)).toList(), emergencies, schedules);
    }

    /**
     * One version and what is said about it.
     *
     * @param author the account that recorded it
     * @param basedOn the version it was made from; null for the first and for imported ones
     * @param requests every request for approval
     * @param approvals those that stand
     * @param rejections those that stand
     * @param imported what its source claims, when it was imported and not witnessed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(String prompt, int version, PromptType type, Content content, Map<String, Object> config,
            String note, String author, @Nullable String onBehalfOf, Instant recordedAt, String digest, @Nullable Integer basedOn,
            VersionState state, List<Request> requests, List<ApprovalView> approvals, List<Rejection> rejections,
            List<Check> checks, List<Comment> comments, @Nullable Imported imported) {

        private Version signed(Map<String, Signatory> signatories) {
            return new Version(prompt, version, type, content, config, note, author, onBehalfOf, recordedAt, digest, basedOn,
                    state, requests, approvals.stream().map(approval -> approval.signed(signatories)).toList(), rejections,
                    checks, comments,
                    imported);
        }
    }

    /**
     * What the source of an imported version claims.
     *
     * @param commit the source's own reference
     * @param witnessed always false: nobody here saw it happen
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Imported(String claimedAuthor, String claimedAt, @Nullable String commit, boolean witnessed) {}

    /** A request for approval, by its event's id; no reviewers means anyone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Request(String request, String account, @Nullable String onBehalfOf, Instant recordedAt, @Nullable String note,
            List<String> reviewers) {}

    /** A rejection that stands, by its event's id. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rejection(String rejection, String account, @Nullable String onBehalfOf, Instant recordedAt, String reason) {}

    /** An evaluation's verdict, by its event's id. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Check(String check, String name, CheckOutcome outcome, @Nullable String url, @Nullable String digest,
            String account, @Nullable String onBehalfOf, Instant recordedAt) {}

    /** A remark, by its event's id. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Comment(String comment, String account, @Nullable String onBehalfOf, Instant recordedAt, String text) {}

    /**
     * What is active in one environment.
     *
     * @param deployment the event id of the deployment or rollback that made it so
     */
    public record Active(String environment, int version, Instant since, String deployment, boolean emergency) {}

    /**
     * One time that a version was active somewhere.
     *
     * @param deployment its id: the id of the event
     * @param by the account that deployed
     * @param until when something replaced it or it was withdrawn; null while it is active
     * @param approvals those it was decided on; a rollback has those of the deployment it restores
     * @param checks those it was decided on, likewise
     * @param replaced what was active there before
     * @param restores the earlier deployment, when this is a rollback to it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Deployment(String deployment, String environment, int version, String digest, Instant since,
            @Nullable Instant until, String by, @Nullable String onBehalfOf, String reason, @Nullable String ticket,
            boolean emergency,
            long policyRevision, List<ApprovalView> approvals, List<CountedCheck> checks,
            @Nullable ActiveDeployment replaced, @Nullable String restores) {

        private Deployment signed(Map<String, Signatory> signatories) {
            return new Deployment(deployment, environment, version, digest, since, until, by, onBehalfOf, reason, ticket,
                    emergency,
                    policyRevision, approvals.stream().map(approval -> approval.signed(signatories)).toList(), checks, replaced,
                    restores);
        }
    }

    /** A deployment that is to happen at a later moment, by the id of the event that scheduled it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Schedule(String schedule, String environment, int version, Instant at, String by, @Nullable String onBehalfOf,
            String reason,
            @Nullable String ticket) {}

    /** An emergency deployment whose debt is open. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Emergency(String deployment, String environment, int version, Instant since, String by,
            @Nullable String onBehalfOf, String reason, @Nullable String ticket) {}
}
