package io.promptaudit.command.account;

import java.util.List;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.Role;
import io.promptaudit.api.Rule;
import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.CreateAccount;
import io.promptaudit.api.command.AccountCommand.EraseAccount;
import io.promptaudit.api.command.AccountCommand.LinkIdentity;
import io.promptaudit.api.command.AccountCommand.SetPassword;
import io.promptaudit.api.command.ChangeCommand.ConfirmChange;
import io.promptaudit.api.command.ChangeCommand.DeclineChange;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.change.FourEyes;
import io.promptaudit.command.change.Proposals;
import io.promptaudit.command.trail.Actor;
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
    private final Proposals<GrantsChangeProposed> grants = new Proposals<>();
    private String latestEvent = "";

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decided handle(CreateAccount c, PersonalVault vault, Credentials credentials, Identities identities) {
        if (state != null || c.account().equals(ServerAccount.ID)) {
            throw new CommandRejected(Rule.ACCOUNT_EXISTS, "the account exists or existed; its id is never used again");
        }
        vault.createKey(c.account());
        String password = c.password();
        if (password != null) {
            credentials.setPassword(c.account(), password);
        }
        String personal = vault.sealName(c.account(), c.displayName());
        Decided created = decided(
                new AccountCreated(c.account(), c.kind(), c.actsFor(), personal, password != null, c.grants()));
        return c.identity() == null ? created : linked(c.account(), c.identity(), identities);
    }

    @CommandHandler
    Decided handle(LinkIdentity c, Identities identities) {
        requireActive();
        return linked(c.account(), c.identity(), identities);
    }

    private Decided linked(String account, Identity identity, Identities identities) {
        identities.link(account, identity);
        return decided(new IdentityLinked(account, identity));
    }

    @CommandHandler
    Decided handle(ChangeGrants c, Admins admins, FourEyes fourEyes, MetaData by) {
        AccountState account = requireActive();
        requireAnAdminIsLeft(account, c.grants(), admins);
        if (account.isOf(Actor.of(by)) && account.isWidenedBy(c.grants()) && fourEyes.holdsBack(by)) {
            AggregateLifecycle.apply(new GrantsChangeProposed(c.account(), grants.revision(), c.grants()));
            return Decided.proposed(latestEvent);
        }
        return decided(new GrantsChanged(c.account(), c.grants()));
    }

    /**
     * Gives the account what was proposed for it.
     *
     * @throws CommandRejected when this caller may not confirm it, or it waits no longer
     * @throws io.promptaudit.api.UnknownThing when nothing such was proposed here
     */
    public Decided confirm(ConfirmChange c, Admins admins, MetaData by) {
        AccountState account = requireActive();
        var confirmed = grants.confirmable(c.change(), by);
        List<Grant> wanted = confirmed.what().grants();
        requireAnAdminIsLeft(account, wanted, admins);
        return decided(new GrantsChanged(account.account(), wanted, c.change(), confirmed.proposer(), c.comment()));
    }

    /**
     * Sees to it that the account will never be given what was proposed for it.
     *
     * @throws CommandRejected when it waits no longer
     * @throws io.promptaudit.api.UnknownThing when nothing such was proposed here
     */
    public Decided decline(DeclineChange c) {
        var declined = grants.pending(c.change());
        return decided(new GrantsChangeDeclined(declined.what().account(), c.change(), declined.proposer(), c.reason()));
    }

    private static void requireAnAdminIsLeft(AccountState account, List<Grant> wanted, Admins admins) {
        if (account.isAdmin() && wanted.stream().noneMatch(grant -> grant.role() == Role.ADMIN)) {
            admins.requireAnotherThan(account.account());
        }
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
        switch (event) {
            case AccountCreated _ -> grants.changed(null);
            case GrantsChanged e -> grants.changed(e.confirms());
            case GrantsChangeProposed e -> grants.proposed(message, e.basedOn(), e);
            case GrantsChangeDeclined e -> grants.declined(e.change());
            case AccountErased _ -> grants.changed(null);
            case PasswordSet _ -> {
            }
        }
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
