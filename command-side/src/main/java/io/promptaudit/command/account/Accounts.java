package io.promptaudit.command.account;

import java.util.Optional;

import org.axonframework.eventsourcing.eventstore.EventStore;

import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.command.trail.Folded;

/** The accounts as they are now, folded from the event store. */
public final class Accounts implements SignIns {
    private final Folded<Optional<AccountState>> accounts;
    private final Credentials credentials;

    /** Reads accounts from {@code store}. */
    public Accounts(EventStore store, Credentials credentials) {
        this.accounts = new Folded<>(store, Optional.empty(), (before, message) -> Optional
                .of(AccountState.after(before.orElse(null), (AccountEvent) message.getPayload())));
        this.credentials = credentials;
    }

    /** The account; empty when there is none, or its person was erased. */
    public Optional<AccountState> active(String account) {
        return accounts.current("account:" + account).filter(state -> !state.erased());
    }

    /** Whether the id was ever used. */
    public boolean everExisted(String account) {
        return accounts.current("account:" + account).isPresent();
    }

    @Override
    public Optional<SignIn> find(String account) {
        return active(account).flatMap(state -> credentials.passwordHash(account)
                .map(hash -> new SignIn(state.caller("password:" + account), hash)));
    }
}
