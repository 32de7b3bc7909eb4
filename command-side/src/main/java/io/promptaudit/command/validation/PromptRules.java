package io.promptaudit.command.validation;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.command.PromptCommand;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CancelSchedule;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.ExecuteSchedule;
import io.promptaudit.api.command.PromptCommand.ImportVersion;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RejectPrompt;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RestorePrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.RollBackPrompt;
import io.promptaudit.api.command.PromptCommand.ScheduleDeployment;
import io.promptaudit.api.command.PromptCommand.WithdrawPrompt;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;

/** The rules for the values of commands on a prompt, in the words of the request that carried them. */
final class PromptRules {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_DESCRIPTION = 10_000;
    private static final int LONGEST_OWNER = 200;
    private static final int LONGEST_REFERENCE = 200;
    private static final int MOST_REVIEWERS = 50;

    private PromptRules() {}

    static void check(PromptCommand command) {
        Names.prompt(command instanceof ImportVersion ? "prompt" : "name", command.prompt());
        switch (command) {
            case CreatePrompt c -> {
                ContentRules.check(c.type(), c.content(), c.config());
                remark("note", c.note());
                description(c.title(), c.description(), c.owner(), c.tags());
            }
            case EditPrompt c -> {
                counted("basedOn", c.basedOn());
                ContentRules.check(c.type(), c.content(), c.config());
                remark("note", c.note());
            }
            case ImportVersion c -> ImportRules.check(c);
            case DescribePrompt c -> {
                somethingChanges(c);
                description(c.title(), c.description(), c.owner(), c.tags());
            }
            case RequestApproval c -> {
                Texts.optional("note", c.note(), Texts.LONGEST_REMARK);
                reviewers(c.reviewers());
            }
            case ApprovePrompt c -> {
                Texts.optional("comment", c.comment(), Texts.LONGEST_REMARK);
                EvidenceRules.meaning(c.meaning());
            }
            case RejectPrompt c -> remark("reason", c.reason());
            case RevokeApproval c -> remark("reason", c.reason());
            case WithdrawRejection c -> remark("reason", c.reason());
            case RecordCheck c -> EvidenceRules.check(c);
            case CommentOnPrompt c -> remark("text", c.text());
            case DeployPrompt c -> {
                counted("version", c.version());
                Names.environment("environment", c.environment());
                remark("reason", c.reason());
                Texts.optional("ticket", c.ticket(), LONGEST_REFERENCE);
            }
            case ScheduleDeployment c -> {
                counted("version", c.version());
                Names.environment("environment", c.environment());
                Texts.present("at", c.at());
                remark("reason", c.reason());
                Texts.optional("ticket", c.ticket(), LONGEST_REFERENCE);
            }
            case CancelSchedule c -> Texts.optional("reason", c.reason(), Texts.LONGEST_REMARK);
            case ExecuteSchedule _ -> {
            }
            case RollBackPrompt c -> {
                Names.environment("environment", c.environment());
                counted("toVersion", c.toVersion() == null ? 1 : c.toVersion());
                remark("reason", c.reason());
            }
            case WithdrawPrompt c -> {
                Names.environment("environment", c.environment());
                remark("reason", c.reason());
            }
            case ReviewEmergency c -> {
                Texts.required("deployment", c.deployment(), LONGEST_REFERENCE);
                Texts.present("verdict", c.verdict());
                remark("comment", c.comment());
            }
            case ArchivePrompt c -> remark("reason", c.reason());
            case RestorePrompt c -> remark("reason", c.reason());
        }
    }

    private static void description(@Nullable String title, @Nullable String description, @Nullable String owner,
            @Nullable List<String> tags) {
        Texts.clearable("title", title, LONGEST_TITLE);
        Texts.clearable("description", description, LONGEST_DESCRIPTION);
        Texts.clearable("owner", owner, LONGEST_OWNER);
        EvidenceRules.tags(tags);
    }

    private static void somethingChanges(DescribePrompt c) {
        if (c.title() == null && c.description() == null && c.owner() == null && c.tags() == null) {
            throw new InvalidValue("body", "must change at least one of title, description, owner and tags");
        }
    }

    private static void reviewers(@Nullable List<String> reviewers) {
        Texts.unique("reviewers", reviewers, MOST_REVIEWERS);
        for (int i = 0; reviewers != null && i < reviewers.size(); i++) {
            Names.account("reviewers[" + i + "]", reviewers.get(i));
        }
    }

    private static void remark(String field, @Nullable String value) {
        Texts.required(field, value, Texts.LONGEST_REMARK);
    }

    private static void counted(String field, int number) {
        if (number < 1) {
            throw new InvalidValue(field, "must be 1 or more");
        }
    }
}
