package io.promptaudit.command.trail;

import java.time.Duration;
import java.time.Instant;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Rule;
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
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.api.command.Command;
import io.promptaudit.api.command.EnvironmentCommand;
import io.promptaudit.api.command.PromptCommand;

/**
 * What nobody does by a key or on somebody's behalf: whatever gives out further ways to sign in, so that a stolen key or a rogue
 * delegate can make no other and does nothing once it is revoked; and confirming as the second admin, who is to be a person.
 */
final class InPerson {
    /** For how long after signing in somebody counts as being there. */
    static final Duration FRESH = Duration.ofMinutes(15);

    private InPerson() {}

    /**
     * @throws CommandRejected by {@link Rule#PERSON_MUST_ACT} when the command needs somebody who signed in just now
     */
    static void require(Command command, Caller caller, Instant now) {
        switch (command) {
            case SetPassword _,LinkIdentity _,AllowDelegate _,CreateKey _,RotateKey _,ConfirmChange _ ->
                requirePresent(caller, now);
            case CreateAccount c -> {
                if (c.password() != null) {
                    requirePresent(caller, now);
                }
            }
            case WithdrawDelegate c -> requirePresentForOwn(c.account(), caller, now);
            case RevokeKey c -> requirePresentForOwn(c.account(), caller, now);
            case DescribeAccount _,ChangeGrants _,ChangeGroups _,LockAccount _,UnlockAccount _,CloseAccount _,EraseAccount _,EnvironmentCommand _,DeclineChange _,PromptCommand _ ->
                {
                }
        }
    }

    /** An admin who takes something away from another may do so from a script. */
    private static void requirePresentForOwn(String account, Caller caller, Instant now) {
        if (caller.person().equals(account)) {
            requirePresent(caller, now);
        }
    }

    /**
     * @throws CommandRejected by {@link Rule#PERSON_MUST_ACT} unless somebody signed in just now, and acts for themselves
     */
    static void requirePresent(Caller caller, Instant now) {
        Instant signedIn = caller.authenticatedAt();
        if (caller.onBehalfOf() != null || signedIn == null) {
            throw new CommandRejected(Rule.PERSON_MUST_ACT,
                    "not by a key or on behalf of somebody; %s must sign in for it".formatted(caller.person()));
        }
        if (signedIn.plus(FRESH).isBefore(now)) {
            throw new CommandRejected(Rule.PERSON_MUST_ACT,
                    "%s signed in more than %d minutes ago and must do so again".formatted(caller.person(), FRESH.toMinutes()));
        }
    }
}
