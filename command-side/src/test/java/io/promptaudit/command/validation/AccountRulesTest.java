package io.promptaudit.command.validation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.Role;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.CreateKey;
import io.promptaudit.api.command.AccountCommand.DescribeAccount;
import io.promptaudit.api.command.AccountCommand.RotateKey;
import io.promptaudit.api.command.AccountCommand.SetPassword;

import static io.promptaudit.command.validation.Commands.account;
import static io.promptaudit.command.validation.Commands.grants;
import static io.promptaudit.command.validation.Commands.invalid;
import static io.promptaudit.command.validation.Commands.passes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What accounts, passwords and grants may be. */
@SuppressWarnings("NullAway")
class AccountRulesTest {
    @Test
    void actForOthersOnlyAsAgents() {
        invalid("actsFor", account(AccountKind.PERSON, "rhea", null), "is for agents only");
        invalid("actsFor", account(AccountKind.SERVICE, "rhea", null), "is for agents only");
    }

    @Test
    void haveLongPasswords() {
        password("x".repeat(14), "must have 15 to 128 characters");
        password("🩺".repeat(129), "must have 15 to 128 characters");
        password("a long \u0000 enough password", "must not contain U+0000");
        passes(new SetPassword("alice", "🩺🧪💊🩹🧬🦠🧫🌡".repeat(16)));
    }

    @Test
    void areNotCalledLikeKeys() {
        for (String id : List.of("pk-x", "sk-x", "PK-x")) {
            invalid("id", new CreateAccount(id, "Bob", AccountKind.PERSON, null, null, List.of()),
                    "must not begin with pk- or sk-, as keys do");
        }
    }

    @Test
    void haveKeysWithNamesAndLimits() {
        invalid("name", new CreateKey("bob", "pk-1", "h", "x".repeat(101), null, null), "must have at most 100 characters");
        invalid("grants[0].environments",
                new CreateKey("bob", "pk-1", "h", "laptop", null, List.of(new Grant(Role.DEPLOYER, "**"))),
                "must name at least one environment, because the role is deployer");
        for (Duration overlap : List.of(Duration.ofMillis(-1), Duration.ofDays(30).plusMillis(1))) {
            invalid("overlap", new RotateKey("bob", "pk-1", "pk-2", "h", overlap), "must be from PT0S to P30D");
        }
    }

    @Test
    void areDescribedBySomething() {
        assertThatThrownBy(() -> new CommandValidator().validate(new DescribeAccount("bob", null, null)))
                .isInstanceOf(MalformedRequest.class).hasMessage("displayName or contact is required");
        invalid("displayName", new DescribeAccount("bob", " ", null), "must not be blank");
        invalid("contact", new DescribeAccount("bob", null, "x".repeat(201)), "must have at most 200 characters");
    }

    @Test
    void belongToGroupsWithPlainNames() {
        String rule = "must be 1 to 64 of A-Z a-z 0-9 . _ @ : / - and begin with a letter or digit";
        invalid("groups[1]", new ChangeGroups("bob", List.of("a", "b,c")), rule);
        invalid("groups[0]", new ChangeGroups("bob", List.of("")), rule);
        invalid("groups[1]", new ChangeGroups("bob", List.of("a", "a")), "must not be given twice");
        passes(new ChangeGroups("bob", List.of()));
    }

    @Test
    void haveGrantsOnPatterns() {
        for (String pattern : List.of("**", "*", "clinical/**", "**/eval/**", "clinical/*", "a*b", "clinical/intake")) {
            passes(grants(new Grant(Role.EDITOR, pattern)));
        }
        invalid("grants[0].prompts", grants(new Grant(Role.EDITOR, "")), "must have 1 to 200 characters");
        invalid("grants[0].prompts", grants(new Grant(Role.EDITOR, "a//b")),
                "must not begin or end with a slash, nor have two in a row");
        invalid("grants[0].prompts", grants(new Grant(Role.EDITOR, "a/../b")), "must not have the segment ..");
        invalid("grants[0].prompts", grants(new Grant(Role.EDITOR, "**/a/**/b/**")), "must have at most 2 segments **");
    }

    @Test
    void deployOnlyInNamedEnvironments() {
        passes(grants(new Grant(Role.DEPLOYER, "**", List.of("production"))));
        invalid("grants[0].environments", grants(new Grant(Role.DEPLOYER, "**")),
                "must name at least one environment, because the role is deployer");
        invalid("grants[0].environments", grants(new Grant(Role.REVIEWER, "**", List.of("production"))),
                "is for deployers only");
        invalid("grants[1].environments[0]",
                grants(new Grant(Role.VIEWER, "**"), new Grant(Role.DEPLOYER, "**", List.of("Production"))),
                "must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit");
        var many = new ArrayList<>(Collections.nCopies(101, new Grant(Role.VIEWER, "**")));
        invalid("grants", new ChangeGrants("bob", many), "must have at most 100 entries");
    }

    private void password(String password, String rule) {
        invalid("password", new SetPassword("alice", password), rule);
    }
}
