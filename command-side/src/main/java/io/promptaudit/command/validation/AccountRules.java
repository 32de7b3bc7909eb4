package io.promptaudit.command.validation;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.command.AccountCommand;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.SetPassword;

/** The rules for accounts. */
final class AccountRules {
    private static final int LONGEST_DISPLAY_NAME = 200;

    private AccountRules() {}

    static void check(AccountCommand command) {
        Names.account("id", command.account());
        switch (command) {
            case CreateAccount c -> {
                Texts.required("displayName", c.displayName(), LONGEST_DISPLAY_NAME);
                Texts.present("kind", c.kind());
                actsFor(c.kind(), c.actsFor());
                if (c.password() != null) {
                    Passwords.check(c.account(), c.password());
                }
                GrantRules.check(c.grants());
                if (c.identity() != null) {
                    IdentityRules.check(c.identity());
                }
            }
            case ChangeGrants c -> GrantRules.check(c.grants());
            case LinkIdentity c -> IdentityRules.check(c.identity());
            case SetPassword c -> Passwords.check(c.account(), c.password());
            case EraseAccount c -> Texts.required("reason", c.reason(), Texts.LONGEST_REMARK);
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
