package io.promptaudit.command.account;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Rule;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.command.trail.Folded;

/** The accounts as they are now, folded from the event store. */
public final class Accounts implements SignIns {
    private static final String PASSWORD = "password:";

    private final Folded<Optional<AccountState>> accounts;
    private final Credentials credentials;
    private final InstantSource clock;

    /** Reads accounts from {@code store}. */
    public Accounts(EventStore store, Credentials credentials, InstantSource clock) {
        this.accounts = new Folded<>(store, Optional.empty(), (before, message) -> Optional
                .of(AccountState.after(before.orElse(null), (AccountEvent) message.getPayload())));
        this.credentials = credentials;
        this.clock = clock;
    }

    /** The account, whatever became of it; empty when there never was one. */
    public Optional<AccountState> find(String account) {
        return accounts.current("account:" + account);
    }

    /**
     * What a presented credential may do now: empty when its account, or the person acted for, is locked, closed or erased,
     * when the key is revoked or expired, and when the person does not let the account act for them (any more).
     *
     * @param presented whoever signed in before, with the person they named to act for; its grants do not count
     */
    public Optional<Caller> current(Caller presented) {
        try {
            return Optional.of(admit(presented));
        } catch (CommandRejected notAnyMore) {
            return Optional.empty();
        }
    }

    @Override
    public Caller admit(Caller presented) {
        AccountState account = good(presented.account());
        String person = personBehind(account, presented.onBehalfOf());
        var limits = new ArrayList<List<Grant>>();
        if (person != null) {
            limits.add(good(person).grants());
        }
        return new Caller(account.account(), account.kind(), person, account.grants(), limits, List.of(),
                presented.credential(), presented.authenticatedAt());
    }

    private AccountState good(String account) {
        return find(account).filter(state -> !state.erased())
                .orElseThrow(() -> new CommandRejected(Rule.MISSING_GRANT, "the account " + account + " is closed"));
    }

    private static @Nullable String personBehind(AccountState account, @Nullable String named) {
        if (named != null && !named.equals(account.actsFor())) {
            throw new CommandRejected(Rule.MISSING_GRANT, named + " does not let this account act for them");
        }
        return account.actsFor();
    }

    @Override
    public Optional<SignIn> byPassword(String account) {
        return find(account).filter(state -> !state.erased()).flatMap(state -> credentials.passwordHash(account)
                .map(hash -> new SignIn(new Caller(account, state.kind(), null, List.of(), List.of(), List.of(),
                        PASSWORD + account, clock.instant()), hash)));
    }
}
