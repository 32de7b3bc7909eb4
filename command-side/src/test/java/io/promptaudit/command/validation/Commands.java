package io.promptaudit.command.validation;

import java.util.List;
import java.util.Map;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.Content;
import io.promptaudit.api.Grant;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.PromptType;
import io.promptaudit.api.ReleasePolicy;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand.ChangePolicy;
import io.promptaudit.api.command.PromptCommand.CreatePrompt;
import io.promptaudit.api.command.PromptCommand.DescribePrompt;
import io.promptaudit.api.command.PromptCommand.ImportVersion;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Commands for tests, and what refuses them. Components may be null, whatever a signature says: JSON decides that. */
@SuppressWarnings("NullAway")
final class Commands {
    static final Content TEXT = new Content.Text("Hi");
    static final ReleasePolicy POLICY = new ReleasePolicy(1, false, true, List.of("eval"), true, null);

    private static final CommandValidator VALIDATOR = new CommandValidator();

    private Commands() {}

    static void passes(Command command) {
        assertThatCode(() -> VALIDATOR.validate(command)).doesNotThrowAnyException();
    }

    static void invalid(String field, Command command, String rule) {
        assertThatThrownBy(() -> VALIDATOR.validate(command)).isInstanceOf(InvalidValue.class).hasMessage(field + " " + rule);
    }

    static void missing(String field, Command command) {
        assertThatThrownBy(() -> VALIDATOR.validate(command)).isInstanceOf(MalformedRequest.class)
                .hasMessage(field + " is required");
    }

    static CreatePrompt creation(Content content, Map<String, Object> config) {
        return new CreatePrompt("p", content.type(), content, config, "n", null, null, null, List.of());
    }

    static Content chat(ChatMessage... messages) {
        return new Content.Chat(List.of(messages));
    }

    static DescribePrompt describe(String title, String description, String owner, List<String> tags) {
        return new DescribePrompt("p", title, description, owner, tags);
    }

    static ImportVersion imported(String note, String at) {
        return new ImportVersion("p", PromptType.TEXT, TEXT, Map.of(), note, null, "somebody", at, null);
    }

    static ChangePolicy policy(int approvals, List<String> checks, ReleasePolicy.Freeze frozen) {
        return new ChangePolicy("production", new ReleasePolicy(approvals, false, true, checks, true, frozen), "r");
    }

    static CreateAccount account(AccountKind kind, String actsFor, String password) {
        return new CreateAccount("bob", "Bob", kind, actsFor, password, List.of());
    }

    static ChangeGrants grants(Grant... grants) {
        return new ChangeGrants("bob", List.of(grants));
    }
}
