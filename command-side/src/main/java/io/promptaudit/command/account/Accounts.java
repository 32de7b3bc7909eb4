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
    private static final String KEY = "key:";

    private final Folded<Optional<AccountState>> accounts;
    private final Credentials credentials;
    private final Keys keys;
    private final InstantSource clock;

    /** Reads accounts from {@code store}. */
    public Accounts(EventStore store, Credentials credentials, Keys keys, InstantSource clock) {
        this.accounts = new Folded<>(store, Optional.empty(), (before, message) -> Optional
                .of(AccountState.after(before.orElse(null), (AccountEvent) message.getPayload(),
                        message.getTimestamp())));
        this.credentials = credentials;
        this.keys = keys;
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
        AccountState account = usable(presented.account());
        String named = presented.onBehalfOf() == null ? account.actsFor() : presented.onBehalfOf();
        var limits = new ArrayList<List<Grant>>();
        List<Grant> limit = limitOfKey(account, presented.credential());
        if (limit != null) {
            limits.add(limit);
        }
        List<String> groups = account.groups();
        if (named != null) {
            AccountState person = letting(named, account);
            limits.add(person.grants());
            groups = groups.stream().filter(person.groups()::contains).toList();
        }
        return new Caller(account.account(), account.kind(), named, account.grants(), limits, groups,
                presented.credential(), presented.authenticatedAt());
    }

    private @Nullable List<Grant> limitOfKey(AccountState account, String credential) {
        if (!credential.startsWith(KEY)) {
            return null;
        }
        KeyState key = account.keys().get(credential.substring(KEY.length()));
        if (key == null || !key.isGood(clock.instant())) {
            throw new CommandRejected(Rule.KEY_ENDED, "the key is revoked, or its time is over");
        }
        return key.grants();
    }

    private AccountState usable(String id) {
        AccountState account = find(id).orElseThrow(() -> closed(id));
        return switch (account.standing()) {
            case OPEN -> account;
            case LOCKED -> throw new CommandRejected(Rule.ACCOUNT_LOCKED,
                    "the account %s is locked; an admin can unlock it".formatted(id));
            case CLOSED, ERASED -> throw closed(id);
        };
    }

    private static CommandRejected closed(String id) {
        return new CommandRejected(Rule.ACCOUNT_CLOSED, "the account %s is closed".formatted(id));
    }

    /** The person who lets this account act for them now. */
    private AccountState letting(String person, AccountState account) {
        return find(person).filter(p -> account.mayActFor(person) && p.allows(account.account(), clock.instant()))
                .map(p -> usable(person)).orElseThrow(() -> new CommandRejected(Rule.NOT_A_DELEGATE,
                        "%s does not let %s act for them; only %s can allow it".formatted(person, account.account(), person)));
    }

    @Override
    public Optional<SignIn> byPassword(String account) {
        return find(account).filter(state -> !state.ended()).flatMap(state -> credentials.passwordHash(account)
                .map(hash -> new SignIn(new Caller(account, state.kind(), null, List.of(), List.of(), List.of(),
                        PASSWORD + account, clock.instant()), hash)));
    }

    @Override
    public Optional<SignIn> byKey(String publicKey) {
        return keys.find(publicKey).flatMap(this::holder);
    }

    @Override
    public Optional<SignIn> bySecret(String secretHash) {
        return keys.findBySecret(secretHash).flatMap(this::holder);
    }

    private Optional<SignIn> holder(Keys.Key key) {
        return find(key.account()).map(state -> new SignIn(
                new Caller(key.account(), state.kind(), null, List.of(), KEY + key.publicKey()), key.secretHash()));
    }

    @Override
    public void used(Caller holder) {
        keys.used(holder.credential().substring(KEY.length()));
    }
}
