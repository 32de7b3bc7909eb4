package io.promptaudit.api.query;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.VersionState;

/** Questions answered from views. A filter that is null does not filter. */
public sealed interface ViewQuery extends Query {

    /** A position the answer must not be older than, or null. */
    @Nullable
    Long position();

    /** The catalogue. Answers {@link Page.Prompts}. */
    record ListPrompts(Caller caller, @Nullable Long position, @Nullable String text, @Nullable String tag,
            @Nullable String folder, @Nullable VersionState state, @Nullable String environment, Slice slice)
            implements
                ViewQuery {}

    /** One prompt. Answers a {@link PromptView}. */
    record FindPrompt(Caller caller, @Nullable Long position, String prompt) implements ViewQuery {}

    /** A prompt's versions. Answers {@link Page.Versions}. */
    record ListVersions(Caller caller, @Nullable Long position, String prompt, Slice slice) implements ViewQuery {}

    /** One version. Answers a {@link VersionView}. */
    record FindVersion(Caller caller, @Nullable Long position, String prompt, int version) implements ViewQuery {}

    /** A version's comments. Answers {@link Page.Comments}. */
    record ListComments(Caller caller, @Nullable Long position, String prompt, int version, Slice slice) implements ViewQuery {}

    /** What was active at a moment, or is now. Answers an {@link ActiveView}. */
    record FindActive(Caller caller, @Nullable Long position, String prompt, String environment, @Nullable Instant at)
            implements
                ViewQuery {}

    /** Whether that is still the same: the tag of what {@link FindActive} answers, and no content. Answers an {@link ActiveTag}. */
    record FindActiveTag(Caller caller, @Nullable Long position, String prompt, String environment, @Nullable Instant at)
            implements
                ViewQuery {}

    /** Everything active in an environment at a moment, or now. Answers {@link Page.Actives}. */
    record ListActive(Caller caller, @Nullable Long position, String environment, @Nullable Instant at, Slice slice)
            implements
                ViewQuery {}

    /** A prompt's deployments. Answers {@link Page.Deployments}. */
    record ListDeployments(Caller caller, @Nullable Long position, String prompt, Slice slice) implements ViewQuery {}

    /** Schedules: a prompt's or, where it is null, of every prompt. Answers {@link Page.Schedules}. */
    record ListSchedules(Caller caller, @Nullable Long position, @Nullable String prompt, @Nullable ScheduleState state,
            Slice slice) implements ViewQuery {}

    /** Emergency deployments. Answers {@link Page.Deployments}. */
    record ListEmergencies(Caller caller, @Nullable Long position, @Nullable DebtState state, Slice slice)
            implements
                ViewQuery {}

    /** A prompt's readable trail. Answers {@link Page.Trail}. */
    record ReadHistory(Caller caller, @Nullable Long position, String prompt, Slice slice) implements ViewQuery {}

    /** The readable trail. {@code from} is included, {@code to} is not. Answers {@link Page.Trail}. */
    record SearchAudit(Caller caller, @Nullable Long position, @Nullable String actor, @Nullable Action action,
            @Nullable String prompt, @Nullable String environment, @Nullable Instant from, @Nullable Instant to,
            @Nullable Outcome outcome, @Nullable String text, Slice slice) implements ViewQuery {}

    /** Reviews asked for and given. Answers {@link Page.Reviews}. */
    record ListReviews(Caller caller, @Nullable Long position, @Nullable ReviewState state, @Nullable String reviewer,
            Slice slice) implements ViewQuery {}

    /** Accounts. Answers {@link Page.Accounts}. */
    record ListAccounts(Caller caller, @Nullable Long position, Slice slice) implements ViewQuery {}

    /** One account. Answers an {@link AccountView}. */
    record FindAccount(Caller caller, @Nullable Long position, String account) implements ViewQuery {}

    /** An account's API keys. Answers {@link Page.Keys}. */
    record ListKeys(Caller caller, @Nullable Long position, String account, Slice slice) implements ViewQuery {}

    /** The caller. Answers an {@link AccountView}. */
    record WhoAmI(Caller caller, @Nullable Long position) implements ViewQuery {}

    /** Environments with the policies in force. Answers {@link Page.Policies}. */
    record ListEnvironments(Caller caller, @Nullable Long position, Slice slice) implements ViewQuery {}

    /** The policy in force at a moment, or now. Answers a {@link PolicyView}. */
    record FindPolicy(Caller caller, @Nullable Long position, String environment, @Nullable Instant at) implements ViewQuery {}

    /** Changes that waited, or wait, for a second admin. Answers {@link Page.Changes}. */
    record ListChanges(Caller caller, @Nullable Long position, @Nullable ChangeState state, Slice slice) implements ViewQuery {}

    /** One of them. Answers a {@link ChangeView}. */
    record FindChange(Caller caller, @Nullable Long position, String change) implements ViewQuery {}

    /** The views themselves. Answers {@link Page.Projections}. */
    record ListProjections(Caller caller, @Nullable Long position) implements ViewQuery {}

    /** Have a view built anew from the events; for admins. Answers a {@link ProjectionView}. */
    record RebuildProjection(Caller caller, @Nullable Long position, String view) implements ViewQuery {}

    /** Have a view compared with the events; for admins. Answers a {@link ProjectionView}. */
    record ReconcileProjection(Caller caller, @Nullable Long position, String view) implements ViewQuery {}
}
