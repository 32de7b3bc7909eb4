package io.promptaudit.command.account;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.CommandRejected;
import io.promptaudit.api.Grant;
import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.Rule;
import io.promptaudit.api.UnknownThing;

/** The rules for an account's API keys. */
final class KeyRules {
    /** The most keys of an account that are good at a time. */
    static final int MOST_KEYS = 20;

    private KeyRules() {}

    static void requireRoom(AccountState account, Instant now) {
        if (account.keys().values().stream().filter(key -> key.isGood(now)).count() >= MOST_KEYS) {
            throw new CommandRejected(Rule.TOO_MANY_KEYS, "the account has %d keys; revoke one first".formatted(MOST_KEYS));
        }
    }

    static void requireFuture(String field, @Nullable Instant moment, Instant now) {
        if (moment != null && !now.isBefore(moment)) {
            throw new InvalidValue(field, "must lie in the future");
        }
    }

    /** A key must not be able to do what its account cannot: a wider grant given later would wake it up unseen. */
    static void requireCovered(@Nullable List<Grant> limits, List<Grant> held) {
        for (int i = 0; limits != null && i < limits.size(); i++) {
            if (!limits.get(i).isCoveredBy(held)) {
                throw new InvalidValue("grants[" + i + "]", "must be covered by the account's own grants");
            }
        }
    }

    static KeyState requireKnown(AccountState account, String key) {
        KeyState known = account.keys().get(key);
        if (known == null) {
            throw new UnknownThing("key-not-found", "%s has no key %s, or it is revoked".formatted(account.account(), key));
        }
        return known;
    }

    static KeyState requireRotatable(AccountState account, String key, Instant now) {
        KeyState known = requireKnown(account, key);
        if (!known.isGood(now)) {
            throw new CommandRejected(Rule.KEY_ENDED, "the key's time is over; make a new one");
        }
        if (known.isRotated()) {
            throw new CommandRejected(Rule.KEY_ENDED, "the key has a successor already, which can be rotated");
        }
        return known;
    }
}
