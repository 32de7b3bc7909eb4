package io.promptaudit.command.validation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.AllowDelegate;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
import io.promptaudit.api.command.AccountCommand.CloseAccount;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.CreateKey;
import io.promptaudit.api.command.AccountCommand.DescribeAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.LockAccount;
import io.promptaudit.api.command.AccountCommand.RevokeKey;
import io.promptaudit.api.command.AccountCommand.RotateKey;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.AccountCommand.UnlockAccount;
import io.promptaudit.api.command.AccountCommand.WithdrawDelegate;

/** The rules for accounts. */
final class AccountRules {
    private static final int LONGEST_DISPLAY_NAME = 200;
    private static final int LONGEST_CONTACT = 200;
    private static final int LONGEST_KEY_NAME = 100;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final int MOST_GROUPS = 50;

    private AccountRules() {}

    static void check(AccountCommand command) {
        Names.account("id", command.account());
        switch (command) {
            case CreateAccount c -> check(c);
            case DescribeAccount c -> {
                if (c.displayName() == null && c.contact() == null) {
                    throw new MalformedRequest("displayName", "or contact is required");
                }
                Texts.optional("displayName", c.displayName(), LONGEST_DISPLAY_NAME);
                Texts.clearable("contact", c.contact(), LONGEST_CONTACT);
            }
            case ChangeGrants c -> GrantRules.check(c.grants());
            case ChangeGroups c -> groups(c.groups());
            case LinkIdentity c -> IdentityRules.check(c.identity());
            case SetPassword c -> Passwords.check(c.account(), c.password());
            case LockAccount c -> reason(c.reason());
            case UnlockAccount c -> reason(c.reason());
            case CloseAccount c -> reason(c.reason());
            case EraseAccount c -> reason(c.reason());
            case CreateKey c -> {
                Texts.required("name", c.name(), LONGEST_KEY_NAME);
                if (c.grants() != null) {
                    GrantRules.check(c.grants());
                }
            }
            case RotateKey c -> {
                if (c.overlap().isNegative() || c.overlap().compareTo(LONGEST_OVERLAP) > 0) {
                    throw new InvalidValue("overlap", "must be from PT0S to P30D");
                }
            }
            // An unknown one is not found.
            case RevokeKey _ -> {
            }
            case AllowDelegate c -> Names.account("delegate", c.delegate());
            case WithdrawDelegate c -> Names.account("delegate", c.delegate());
        }
    }

    private static void check(CreateAccount c) {
        String id = c.account().toLowerCase(Locale.ROOT);
        if (id.startsWith("pk-") || id.startsWith("sk-")) {
            throw new InvalidValue("id", "must not begin with pk- or sk-, as keys do");
        }
        Texts.required("displayName", c.displayName(), LONGEST_DISPLAY_NAME);
        Texts.optional("contact", c.contact(), LONGEST_CONTACT);
        Texts.present("kind", c.kind());
        actsFor(c.kind(), c.actsFor());
        if (c.password() != null) {
            Passwords.check(c.account(), c.password());
        }
        GrantRules.check(c.grants());
        groups(c.groups());
        if (c.identity() != null) {
            IdentityRules.check(c.identity());
        }
    }

    private static void reason(@Nullable String reason) {
        Texts.required("reason", reason, Texts.LONGEST_REMARK);
    }

    private static void groups(@Nullable List<String> groups) {
        Texts.present("groups", groups);
        Texts.unique("groups", groups, MOST_GROUPS);
        for (int i = 0; groups != null && i < groups.size(); i++) {
            Names.group("groups[" + i + "]", groups.get(i));
        }
    }

    private static void actsFor(AccountKind kind, @Nullable String person) {
        switch (kind) {
            case AGENT -> Names.account("actsFor", person);
            case PERSON, SERVICE -> {
                if (person != null) {
                    throw new InvalidValue("actsFor", "is for agents only");
                }
            }
        }
    }
}
