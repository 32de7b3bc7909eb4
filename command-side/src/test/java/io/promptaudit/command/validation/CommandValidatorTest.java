package io.promptaudit.command.validation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.Grant;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.Role;
import io.promptaudit.api.Verdict;
import io.promptaudit.api.command.AccountCommand.AllowDelegate;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CloseAccount;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.CreateKey;
import io.promptaudit.api.command.AccountCommand.DescribeAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.RevokeKey;
import io.promptaudit.api.command.AccountCommand.RotateKey;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.UnlockAccount;
import io.promptaudit.api.command.AccountCommand.WithdrawDelegate;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.command.PromptCommand.ApprovePrompt;
import io.promptaudit.api.command.PromptCommand.ArchivePrompt;
import io.promptaudit.api.command.PromptCommand.CommentOnPrompt;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DeployPrompt;
import io.promptaudit.api.command.PromptCommand.EditPrompt;
import io.promptaudit.api.command.PromptCommand.RecordCheck;
import io.promptaudit.api.command.PromptCommand.RejectPrompt;
import io.promptaudit.api.command.PromptCommand.RequestApproval;
import io.promptaudit.api.command.PromptCommand.RestorePrompt;
import io.promptaudit.api.command.PromptCommand.ReviewEmergency;
import io.promptaudit.api.command.PromptCommand.RevokeApproval;
import io.promptaudit.api.command.PromptCommand.RollBackPrompt;
import io.promptaudit.api.command.PromptCommand.WithdrawPrompt;
import io.promptaudit.api.command.PromptCommand.WithdrawRejection;

import static io.promptaudit.command.validation.Commands.POLICY;
import static io.promptaudit.command.validation.Commands.TEXT;
import static io.promptaudit.command.validation.Commands.account;
import static io.promptaudit.command.validation.Commands.creation;
import static io.promptaudit.command.validation.Commands.describe;
import static io.promptaudit.command.validation.Commands.grants;
import static io.promptaudit.command.validation.Commands.imported;
import static io.promptaudit.command.validation.Commands.invalid;
import static io.promptaudit.command.validation.Commands.missing;
import static io.promptaudit.command.validation.Commands.passes;
import static io.promptaudit.command.validation.Commands.policy;

/** Every command: good, with each value missing, and with texts that may not be. */
@SuppressWarnings("NullAway")
class CommandValidatorTest {
    private static final String LONG = "x".repeat(2001);

    static Stream<Command> good() {
        return Stream.of(creation(TEXT, Map.of()), describe("t", "", null, List.of("a")),
                new EditPrompt("p", 1, PromptType.TEXT, new Content.Text(""), Map.of(), "n"),
                new RequestApproval("p", 1, null, List.of("bob")), new ApprovePrompt("p", 1, null, "review"),
                new RejectPrompt("p", 1, "r"), new RevokeApproval("p", 1, "r"), new WithdrawRejection("p", 1, "r"),
                new RecordCheck("p", 1, "eval", CheckOutcome.FAILED, null, null), new CommentOnPrompt("p", 1, "t"),
                new DeployPrompt("p", 1, "production", "r", "T-1", true), new RollBackPrompt("p", "production", null, "r"),
                new WithdrawPrompt("p", "production", "r"), new ReviewEmergency("p", "e", Verdict.BAD, "c"),
                new ArchivePrompt("p", "r"), new RestorePrompt("p", "r"), imported("", "2021-03-04T05:06:07+05:30"),
                new ChangePolicy("production", POLICY, "r"), account(AccountKind.SERVICE, null, null),
                account(AccountKind.AGENT, "rhea", "a long enough password"), new ChangeGrants("bob", List.of()),
                new SetPassword("bob", "a long enough password"), new EraseAccount("bob", "r"),
                new DescribeAccount("bob", null, ""), new ChangeGroups("bob", List.of("g")),
                new LockAccount("bob", "r"), new UnlockAccount("bob", "r"), new CloseAccount("bob", "r"),
                new AllowDelegate("bob", "ci", null), new WithdrawDelegate("bob", "ci"),
                new CreateKey("bob", "pk-1", "h", "laptop", null, null),
                new RotateKey("bob", "pk-1", "pk-2", "h", Duration.ofDays(30)),
                new RevokeKey("bob", "pk-1"));
    }

    @ParameterizedTest
    @MethodSource("good")
    void passesGoodCommands(Command command) {
        passes(command);
    }

    @Nested
    class Missing {
        @Test
        void valuesAreNamed() {
            missing("name", new CreatePrompt(null, PromptType.TEXT, TEXT, Map.of(), "n", null, null, null, List.of()));
            missing("type", new CreatePrompt("p", null, TEXT, Map.of(), "n", null, null, null, List.of()));
            missing("content", new CreatePrompt("p", PromptType.TEXT, null, Map.of(), "n", null, null, null, List.of()));
            missing("note", new CreatePrompt("p", PromptType.TEXT, TEXT, Map.of(), null, null, null, null, List.of()));
            missing("content", new EditPrompt("p", 1, PromptType.TEXT, null, Map.of(), "n"));
            missing("note", new EditPrompt("p", 1, PromptType.TEXT, TEXT, Map.of(), null));
            missing("reason", new RejectPrompt("p", 1, null));
            missing("reason", new RevokeApproval("p", 1, null));
            missing("reason", new WithdrawRejection("p", 1, null));
            missing("name", new RecordCheck("p", 1, null, CheckOutcome.PASSED, null, null));
            missing("outcome", new RecordCheck("p", 1, "eval", null, null, null));
            missing("text", new CommentOnPrompt("p", 1, null));
            missing("environment", new DeployPrompt("p", 1, null, "r", null, false));
            missing("reason", new DeployPrompt("p", 1, "production", null, null, false));
            missing("environment", new RollBackPrompt("p", null, 1, "r"));
            missing("reason", new WithdrawPrompt("p", "production", null));
            missing("deployment", new ReviewEmergency("p", null, Verdict.GOOD, "c"));
            missing("verdict", new ReviewEmergency("p", "e", null, "c"));
            missing("comment", new ReviewEmergency("p", "e", Verdict.GOOD, null));
            missing("reason", new ArchivePrompt("p", null));
            missing("reason", new RestorePrompt("p", null));
            missing("note", imported(null, "2021-03-04T05:06:07Z"));
            missing("at", imported("n", null));
            missing("reason", new ChangePolicy("production", POLICY, null));
            missing("frozen.reason", policy(0, List.of(), new ReleasePolicy.Freeze(null)));
            missing("id", new SetPassword(null, "a long enough password"));
            missing("password", new SetPassword("bob", null));
            missing("displayName", new CreateAccount("bob", null, AccountKind.PERSON, null, null, List.of()));
            missing("kind", new CreateAccount("bob", "Bob", null, null, null, List.of()));
            missing("actsFor", account(AccountKind.AGENT, null, null));
            missing("grants[0].role", grants(new Grant(null, "**")));
            missing("grants[0].prompts", grants(new Grant(Role.EDITOR, null)));
            missing("grants", new ChangeGrants("bob", null));
            missing("reason", new EraseAccount("bob", null));
            missing("reason", new LockAccount("bob", null));
            missing("reason", new UnlockAccount("bob", null));
            missing("reason", new CloseAccount("bob", null));
            missing("groups", new ChangeGroups("bob", null));
            missing("name", new CreateKey("bob", "pk-1", "h", null, null, null));
            missing("delegate", new AllowDelegate("bob", null, null));
            missing("delegate", new WithdrawDelegate("bob", null));
        }
    }

    @Nested
    class Texts {
        @Test
        void haveTheirLengths() {
            invalid("note", new EditPrompt("p", 1, PromptType.TEXT, TEXT, Map.of(), LONG), "must have at most 2,000 characters");
            invalid("note", new EditPrompt("p", 1, PromptType.TEXT, TEXT, Map.of(), " \n"), "must not be blank");
            invalid("reason", new RejectPrompt("p", 1, ""), "must not be blank");
            invalid("text", new CommentOnPrompt("p", 1, LONG), "must have at most 2,000 characters");
            invalid("comment", new ApprovePrompt("p", 1, "", null), "must not be blank");
            invalid("ticket", new DeployPrompt("p", 1, "production", "r", "x".repeat(201), false),
                    "must have at most 200 characters");
            invalid("title", describe("x".repeat(201), null, null, null), "must have at most 200 characters");
            invalid("description", describe(null, "x".repeat(10_001), null, null), "must have at most 10,000 characters");
            invalid("owner", describe(null, null, "x".repeat(201), null), "must have at most 200 characters");
            invalid("displayName", new CreateAccount("bob", "x".repeat(201), AccountKind.PERSON, null, null, List.of()),
                    "must have at most 200 characters");
            passes(new CommentOnPrompt("p", 1, "🩺".repeat(2000)));
        }

        @Test
        void canBeStored() {
            invalid("text", new CommentOnPrompt("p", 1, "a\u0000"), "must not contain U+0000");
            invalid("text", new CommentOnPrompt("p", 1, "a\ud83d"),
                    "must be well-formed Unicode, without lone surrogates");
            invalid("text", new CommentOnPrompt("p", 1, "\ude7a\ud83ea"),
                    "must be well-formed Unicode, without lone surrogates");
        }
    }
}
