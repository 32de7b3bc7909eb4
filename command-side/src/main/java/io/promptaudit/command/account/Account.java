package io.promptaudit.command.account;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;
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
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.change.FourEyes;
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
    private final AccountProposals proposals = new AccountProposals();
    private String latestEvent = "";

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Decided handle(CreateAccount c, AccountNames names, PersonalVault vault, Credentials credentials,
            Identities identities, FourEyes fourEyes, MetaData by) {
        if (AccountState.isAdmin(c.grants())) {
            fourEyes.requireOneDecides(by,
                    "make the account without the role admin, then grant that role, which a second admin confirms");
        }
        if (state != null || c.account().equalsIgnoreCase(ServerAccount.ID) || !names.take(c.account())) {
            throw new CommandRejected(Rule.ACCOUNT_EXISTS,
                    "the account exists or existed, perhaps in other letter case; its id is never used again");
        }
        vault.createKey(c.account());
        String password = c.password();
        if (password != null) {
            credentials.setPassword(c.account(), password);
        }
        String personal = vault.sealPerson(c.account(), c.displayName(), c.contact());
        Decided decided = decided(
                new AccountCreated(c.account(), c.kind(), c.actsFor(), personal, password != null, c.grants()));
        if (!c.groups().isEmpty()) {
            decided = decided(new GroupsChanged(c.account(), c.groups()));
        }
        return c.identity() == null ? decided : linked(c.account(), c.identity(), identities);
    }

    @CommandHandler
    Decided handle(LinkIdentity c, Identities identities, FourEyes fourEyes, MetaData by) {
        requireOwnOrNoAdminOfTwo(requireExisting(), fourEyes, by);
        return linked(c.account(), c.identity(), identities);
    }

    private Decided linked(String account, Identity identity, Identities identities) {
        identities.link(account, identity);
        return decided(new IdentityLinked(account, identity));
    }

    @CommandHandler
    Decided handle(DescribeAccount c, PersonalVault vault) {
        var before = vault.open(c.account(), requireExisting().personal());
        String name = c.displayName() == null && before != null ? before.displayName() : c.displayName();
        String contact = c.contact() == null && before != null ? before.contact() : c.contact();
        return decided(new AccountDescribed(c.account(),
                vault.sealPerson(c.account(), name, contact == null || contact.isEmpty() ? null : contact)));
    }

    @CommandHandler
    Decided handle(ChangeGrants c, Admins admins, Accounts accounts, FourEyes fourEyes, MetaData by) {
        AccountState account = requireExisting();
        requireAnAdminIsLeft(account, c.grants(), admins);
        boolean matters = account.isAdmin() != AccountState.isAdmin(c.grants())
                || (account.isWidenedBy(c.grants()) && isOf(Actor.of(by), account, accounts));
        if (matters && fourEyes.holdsBack(by)) {
            return proposed(proposals.propose(c));
        }
        return decided(new GrantsChanged(c.account(), c.grants()));
    }

    @CommandHandler
    Decided handle(ChangeGroups c, Accounts accounts, FourEyes fourEyes, MetaData by) {
        AccountState account = requireExisting();
        if (!account.groups().containsAll(c.groups()) && isOf(Actor.of(by), account, accounts) && fourEyes.holdsBack(by)) {
            return proposed(proposals.propose(c));
        }
        return decided(new GroupsChanged(c.account(), c.groups()));
    }

    /**
     * Gives the account what was proposed for it.
     *
     * @throws CommandRejected when this caller may not confirm it, or it waits no longer
     * @throws UnknownThing when nothing such was proposed here
     */
    public Decided confirm(ConfirmChange c, Admins admins, MetaData by) {
        AccountState account = requireExisting();
        AccountEvent confirmed = proposals.confirm(c, by);
        if (confirmed instanceof GrantsChanged e) {
            requireAnAdminIsLeft(account, e.grants(), admins);
        }
        return decided(confirmed);
    }

    /**
     * Sees to it that the account will never be given what was proposed for it.
     *
     * @throws CommandRejected when it waits no longer
     * @throws UnknownThing when nothing such was proposed here
     */
    public Decided decline(DeclineChange c) {
        return decided(proposals.decline(c));
    }

    /** Whether what the account may do is in the actor's hands: their own, or that of somebody who acts for the same person. */
    private static boolean isOf(Actor actor, AccountState account, Accounts accounts) {
        return account.isOf(actor) || accounts.find(actor.person())
                .filter(person -> person.delegates().containsKey(account.account())).isPresent();
    }

    private static void requireAnAdminIsLeft(AccountState account, List<Grant> wanted, Admins admins) {
        if (!AccountState.isAdmin(wanted)) {
            requireAnotherAdmin(account, admins);
        }
    }

    @CommandHandler
    Decided handle(SetPassword c, Credentials credentials, FourEyes fourEyes, MetaData by) {
        requireOwnOrNoAdminOfTwo(requireExisting(), fourEyes, by);
        credentials.setPassword(c.account(), c.password());
        return decided(new PasswordSet(c.account()));
    }

    @CommandHandler
    Decided handle(LockAccount c, Admins admins) {
        AccountState account = requireExisting();
        if (account.standing() == Standing.LOCKED) {
            throw new CommandRejected(Rule.ALREADY_LOCKED, "the account is locked already");
        }
        requireAnotherAdmin(account, admins);
        return decided(new AccountLocked(c.account(), c.reason()));
    }

    @CommandHandler
    Decided handle(UnlockAccount c) {
        if (requireExisting().standing() != Standing.LOCKED) {
            throw new CommandRejected(Rule.NOT_LOCKED, "the account is not locked");
        }
        return decided(new AccountUnlocked(c.account(), c.reason()));
    }

    @CommandHandler
    Decided handle(CloseAccount c, Credentials credentials, Keys keys, Admins admins, FourEyes fourEyes, MetaData by) {
        AccountState account = requireExisting();
        requireAnotherAdmin(account, admins);
        requireNoAdminOfTwo(account, fourEyes, by);
        credentials.erase(c.account());
        keys.endAll(c.account());
        return decided(new AccountClosed(c.account(), c.reason()));
    }

    @CommandHandler
    Decided handle(EraseAccount c, PersonalVault vault, Credentials credentials, Keys keys, Admins admins,
            FourEyes fourEyes, MetaData by) {
        AccountState account = requireKnown();
        requireAnotherAdmin(account, admins);
        requireNoAdminOfTwo(account, fourEyes, by);
        vault.eraseKey(c.account());
        credentials.erase(c.account());
        keys.endAll(c.account());
        return decided(new AccountErased(c.account(), c.reason()));
    }

    @CommandHandler
    Decided handle(AllowDelegate c, Accounts accounts, InstantSource clock) {
        if (requireExisting().kind() != AccountKind.PERSON) {
            throw new CommandRejected(Rule.PERSON_MUST_ACT, "only persons let others act for them");
        }
        Instant until = c.until();
        KeyRules.requireFuture("until", until, clock.instant());
        if (accounts.find(c.delegate()).filter(delegate -> delegate.mayActFor(c.account())).isEmpty()) {
            throw new UnknownThing("account-not-found",
                    "there is no service, nor an agent of %s, called %s".formatted(c.account(), c.delegate()));
        }
        return decided(new DelegateAllowed(c.account(), c.delegate(),
                until == null ? null : until.truncatedTo(ChronoUnit.MILLIS)));
    }

    @CommandHandler
    Decided handle(WithdrawDelegate c) {
        if (!requireExisting().delegates().containsKey(c.delegate())) {
            throw new UnknownThing("delegate-not-found",
                    "%s lets no %s act for them".formatted(c.account(), c.delegate()));
        }
        return decided(new DelegateWithdrawn(c.account(), c.delegate()));
    }

    @CommandHandler
    Decided handle(CreateKey c, Keys keys, InstantSource clock, MetaData by) {
        AccountState account = requireKeysOf(Actor.of(by));
        Instant now = clock.instant();
        KeyRules.requireRoom(account, now);
        KeyRules.requireFuture("expiresAt", c.expiresAt(), now);
        KeyRules.requireCovered(c.grants(), account.grants());
        Instant end = c.expiresAt() == null ? null : c.expiresAt().truncatedTo(ChronoUnit.MILLIS);
        Decided created = decided(new KeyCreated(c.account(), c.key(), c.name(), end, c.grants()));
        keys.add(c.key(), c.account(), c.secretHash(), latestEvent);
        return created;
    }

    @CommandHandler
    Decided handle(RotateKey c, Keys keys, InstantSource clock, MetaData by) {
        AccountState account = requireKeysOf(Actor.of(by));
        Instant now = clock.instant();
        KeyState old = KeyRules.requireRotatable(account, c.key(), now);
        KeyRules.requireRoom(account, now);
        Instant end = now.plus(c.overlap());
        Decided rotated = decided(new KeyRotated(c.account(), c.key(), end.isBefore(old.endsAt()) ? end : old.endsAt(),
                c.successor(), old.successorsEnd(now)));
        keys.add(c.successor(), c.account(), c.secretHash(), latestEvent);
        return rotated;
    }

    @CommandHandler
    Decided handle(RevokeKey c, Keys keys) {
        KeyRules.requireKnown(requireExisting(), c.key());
        keys.end(c.key());
        return decided(new KeyRevoked(c.account(), c.key()));
    }

    /** The keys of a person are made by that person alone; those of a service or an agent by an admin, who got past the gate. */
    private AccountState requireKeysOf(Actor actor) {
        AccountState account = requireExisting();
        boolean own = actor.account().equals(account.account());
        if (account.kind() == AccountKind.PERSON && !own) {
            throw new CommandRejected(Rule.PERSON_MUST_ACT,
                    "only %s makes keys for %s".formatted(account.account(), account.account()));
        }
        if (account.kind() != AccountKind.PERSON && own) {
            throw new CommandRejected(Rule.MISSING_GRANT, "another account makes keys for a service or an agent: an admin can");
        }
        return account;
    }

    @EventSourcingHandler
    private void on(AccountEvent event, EventMessage<?> message) {
        id = "account:" + event.account();
        latestEvent = message.getIdentifier();
        state = AccountState.after(state, event, message.getTimestamp());
        proposals.on(event, message);
    }

    /** Whoever could give another admin's account a way in could come in as them. */
    private static void requireOwnOrNoAdminOfTwo(AccountState account, FourEyes fourEyes, MetaData by) {
        if (!account.account().equals(Actor.of(by).account())) {
            requireNoAdminOfTwo(account, fourEyes, by);
        }
    }

    private static void requireNoAdminOfTwo(AccountState account, FourEyes fourEyes, MetaData by) {
        if (account.isAdminInPerson()) {
            fourEyes.requireOneDecides(by,
                    "%s is an admin: take that role away first, which a second admin confirms; a lock stops the account at once"
                            .formatted(account.account()));
        }
    }

    private static void requireAnotherAdmin(AccountState account, Admins admins) {
        if (account.isAdmin()) {
            admins.requireAnotherThan(account.account());
        }
    }

    private AccountState requireExisting() {
        AccountState account = requireKnown();
        if (account.standing() == Standing.CLOSED) {
            throw new CommandRejected(Rule.ACCOUNT_CLOSED, "the account is closed for good");
        }
        return account;
    }

    private AccountState requireKnown() {
        if (state == null || state.standing() == Standing.ERASED) {
            throw new CommandRejected(Rule.ACCOUNT_ERASED, "the account's person and credentials were erased");
        }
        return state;
    }

    private Decided proposed(AccountEvent event) {
        AggregateLifecycle.apply(event);
        return Decided.proposed(latestEvent);
    }

    private Decided decided(AccountEvent event) {
        AggregateLifecycle.apply(event);
        return Decided.event(latestEvent);
    }

    /** For Axon, which rebuilds the account from its events. */
    @SuppressWarnings("NullAway.Init")
    Account() {}
}
