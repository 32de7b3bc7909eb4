package io.promptaudit.api.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.Verdict;

/** Everything a caller may ask of one prompt. */
public sealed interface PromptCommand extends Command {

    /** The prompt's name. */
    String prompt();

    @Override
    default String target() {
        return "prompt:" + prompt();
    }

    /** A command on one version. */
    sealed interface OnVersion extends PromptCommand {
        /** The version's number. */
        int version();
    }

    /** A command on one environment. */
    sealed interface InEnvironment extends PromptCommand {
        /** The environment's name. */
        String environment();
    }

    /** Make the prompt, with version 1. */
    record CreatePrompt(String prompt, PromptType type, Content content, Map<String, Object> config, String note,
            @Nullable String title, @Nullable String description, @Nullable String owner, List<String> tags)
            implements
                PromptCommand {}

    /** Make a new version, provided {@code basedOn} is still the latest. */
    record EditPrompt(String prompt, int basedOn, PromptType type, Content content, Map<String, Object> config, String note)
            implements
                PromptCommand {}

    /** Append a version from elsewhere; one imported already is skipped. */
    record ImportVersion(String prompt, PromptType type, Content content, Map<String, Object> config, String note,
            @Nullable String title, String claimedAuthor, String claimedAt, @Nullable String commit)
            implements
                PromptCommand {}

    /** Change descriptive fields; null leaves a field, an empty value clears it. */
    record DescribePrompt(String prompt, @Nullable String title, @Nullable String description, @Nullable String owner,
            @Nullable List<String> tags) implements PromptCommand {}

    /** Ask for approval. */
    record RequestApproval(String prompt, int version, @Nullable String note, List<String> reviewers) implements OnVersion {}

    /** Approve the version. */
    record ApprovePrompt(String prompt, int version, @Nullable String comment, @Nullable String meaning) implements OnVersion {}

    /** Block the version. */
    record RejectPrompt(String prompt, int version, String reason) implements OnVersion {}

    /** Take back the caller's own approval or, when there is none, every approval of the version. */
    record RevokeApproval(String prompt, int version, String reason) implements OnVersion {}

    /** Take back the caller's own rejection or, when there is none, every rejection of the version, unless an author asks. */
    record WithdrawRejection(String prompt, int version, String reason) implements OnVersion {}

    /** Record the outcome of an evaluation. */
    record RecordCheck(String prompt, int version, String name, CheckOutcome outcome, @Nullable String url,
            @Nullable String digest) implements OnVersion {}

    /** Remark on the version. */
    record CommentOnPrompt(String prompt, int version, String text) implements OnVersion {}

    /** Make the version active, if the environment's policy allows. */
    record DeployPrompt(String prompt, int version, String environment, String reason, @Nullable String ticket,
            boolean emergency) implements OnVersion, InEnvironment {}

    /**
     * Make the version active at a later moment, if the environment's policy allows then.
     *
     * @param at the moment, in the future and at most a year ahead
     */
    record ScheduleDeployment(String prompt, int version, String environment, Instant at, String reason,
            @Nullable String ticket) implements OnVersion, InEnvironment {}

    /** Do not execute the schedule, whose id is that of its event. */
    record CancelSchedule(String prompt, String schedule, @Nullable String reason) implements PromptCommand {}

    /**
     * Decide a schedule whose moment has come; for the server itself only.
     *
     * @param account the account that scheduled
     * @param onBehalfOf the person it acted for, or null
     * @param missed whether the moment lies too far back, so that it is cancelled instead
     */
    record ExecuteSchedule(String prompt, String schedule, String account, @Nullable String onBehalfOf, boolean missed)
            implements
                PromptCommand {}

    /** Make a version active again that was properly released there; null takes the one released before the active one. */
    record RollBackPrompt(String prompt, String environment, @Nullable Integer toVersion, String reason)
            implements
                InEnvironment {}

    /** Make nothing active there any more. */
    record WithdrawPrompt(String prompt, String environment, String reason) implements InEnvironment {}

    /** Judge an emergency deployment and close its debt. */
    record ReviewEmergency(String prompt, String deployment, Verdict verdict, String comment) implements PromptCommand {}

    /** Take no more changes. */
    record ArchivePrompt(String prompt, String reason) implements PromptCommand {}

    /** Take changes again. */
    record RestorePrompt(String prompt, String reason) implements PromptCommand {}
}
