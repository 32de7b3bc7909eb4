package io.promptaudit.command.account;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.trail.Decided;
import io.promptaudit.command.trail.ServerAccount;

/** Guards one account: its id is never used again, and nothing secret or personal is readable in its events. */
@Aggregate(type = "Account")
public final class Account {
    /** {@code account:<id>}; read by Axon. */
    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable")
    private String id;
    private @Nullable AccountState state;
    private String latestEvent = "";

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decided handle(CreateAccount c, PersonalVault vault, Credentials credentials) {
        if (state != null || c.account().equals(ServerAccount.ID)) {
            throw new CommandRejected(Rule.ACCOUNT_EXISTS, "the account exists or existed; its id is never used again");
        }
        vault.createKey(c.account());
        String password = c.password();
        if (password != null) {
            credentials.setPassword(c.account(), password);
        }
        String personal = vault.sealName(c.account(), c.displayName());
        return decided(new AccountCreated(c.account(), c.kind(), c.actsFor(), personal, password != null, c.grants()));
    }

    @CommandHandler
    Decided handle(ChangeGrants c, Admins admins) {
        AccountState account = requireActive();
        if (account.isAdmin() && c.grants().stream().noneMatch(grant -> grant.role() == Role.ADMIN)) {
            admins.requireAnotherThan(c.account());
        }
        return decided(new GrantsChanged(c.account(), c.grants()));
    }

    @CommandHandler
    Decided handle(SetPassword c, Credentials credentials) {
        requireActive();
        credentials.setPassword(c.account(), c.password());
        return decided(new PasswordSet(c.account()));
    }

    @CommandHandler
    Decided handle(EraseAccount c, PersonalVault vault, Credentials credentials, Admins admins) {
        if (requireActive().isAdmin()) {
            admins.requireAnotherThan(c.account());
        }
        vault.eraseKey(c.account());
        credentials.erase(c.account());
        return decided(new AccountErased(c.account(), c.reason()));
    }

    @EventSourcingHandler
    private void on(AccountEvent event, EventMessage<?> message) {
        id = "account:" + event.account();
        latestEvent = message.getIdentifier();
        state = AccountState.after(state, event);
    }

    private AccountState requireActive() {
        if (state == null || state.erased()) {
            throw new CommandRejected(Rule.ACCOUNT_ERASED, "the account's person and credentials were erased");
        }
        return state;
    }

    private Decided decided(AccountEvent event) {
        AggregateLifecycle.apply(event);
        return Decided.event(latestEvent);
    }

    /** For Axon, which rebuilds the account from its events. */
    @SuppressWarnings("NullAway.Init")
    Account() {}
}
