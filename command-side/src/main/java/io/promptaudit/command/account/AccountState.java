package io.promptaudit.command.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.Role;
import io.promptaudit.api.event.AccountClosed;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountDescribed;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.AccountLocked;
import io.promptaudit.api.event.AccountUnlocked;
import io.promptaudit.api.event.DelegateAllowed;
import io.promptaudit.api.event.DelegateWithdrawn;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChangeDeclined;
import io.promptaudit.api.event.GroupsChangeProposed;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.KeyCreated;
import io.promptaudit.api.event.KeyRevoked;
import io.promptaudit.api.event.KeyRotated;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.trail.Actor;

/**
 * What decisions need of one account.
 *
 * @param personal what is known of its person, sealed
 * @param keys its keys that were not revoked, by their public halves
 * @param delegates who may act for it, and until when; {@link Instant#MAX} where no end is set
 * @param identity whom an identity provider knows as its owner, or null
 */
public record AccountState(String account, AccountKind kind, @Nullable String actsFor, @Nullable String personal,
        Standing standing, List<Grant> grants, List<String> groups, Map<String, KeyState> keys,
        Map<String, Instant> delegates, @Nullable Identity identity) {

    /** The state after one more event; {@code before} is null for the first. */
    static AccountState after(@Nullable AccountState before, AccountEvent event, Instant at) {
        if (event instanceof AccountCreated e) {
            return new AccountState(e.account(), e.kind(), e.actsFor(), e.personal(), Standing.OPEN, e.grants(), List.of(),
                    Map.of(), Map.of(), null);
        }
        if (before == null) {
            throw new IllegalStateException("the first event of an account creates it");
        }
        return switch (event) {
            case AccountCreated _,PasswordSet _,GrantsChangeProposed _,GrantsChangeDeclined _ -> before;
            case GroupsChangeProposed _,GroupsChangeDeclined _ -> before;
            case AccountDescribed e -> before.described(e.personal());
            case GrantsChanged e -> before.granted(e.grants());
            case GroupsChanged e -> before.grouped(e.groups());
            case AccountLocked _ -> before.standing(Standing.LOCKED);
            case AccountUnlocked _ -> before.standing(Standing.OPEN);
            case AccountClosed _ -> before.standing(Standing.CLOSED);
            case AccountErased _ -> before.granted(List.of()).grouped(List.of()).standing(Standing.ERASED);
            case KeyCreated e -> before.keyed(e.key(), KeyState.of(at, e.expiresAt(), e.grants()));
            case KeyRotated e -> before.rotated(e, at);
            case KeyRevoked e -> before.keyed(e.key(), null);
            case DelegateAllowed e -> before.delegating(e.delegate(), e.until() == null ? Instant.MAX : e.until());
            case DelegateWithdrawn e -> before.delegating(e.delegate(), null);
            case IdentityLinked e -> before.linked(e.identity());
        };
    }

    /** Whether the account administers the server. */
    public boolean isAdmin() {
        return isAdmin(grants);
    }

    /** Whether whoever holds these grants administers the server. */
    static boolean isAdmin(List<Grant> grants) {
        return grants.stream().anyMatch(grant -> grant.role() == Role.ADMIN);
    }

    /** Whether this is a person who is an admin, be they locked. */
    boolean isAdminInPerson() {
        return kind == AccountKind.PERSON && isAdmin() && !ended();
    }

    /** Whether this is the actor's own account, or that of somebody who acts for the same person. */
    boolean isOf(Actor actor) {
        return account.equals(actor.account()) || (actsFor == null ? account : actsFor).equals(actor.person());
    }

    /** Whether these grants allow something that the present ones do not. */
    boolean isWidenedBy(List<Grant> newGrants) {
        return !newGrants.stream().allMatch(grant -> grant.isCoveredBy(grants));
    }

    /** Whether the account is closed or erased: it is never used again. */
    public boolean ended() {
        return standing == Standing.CLOSED || standing == Standing.ERASED;
    }

    /** Whether the account is of a kind that this person may let act for them. */
    boolean mayActFor(String person) {
        return !ended() && switch (kind) {
            case SERVICE -> true;
            case AGENT -> person.equals(actsFor);
            case PERSON -> false;
        };
    }

    /** Whether this delegate may act for the account at this moment. */
    boolean allows(String delegate, Instant now) {
        return now.isBefore(delegates.getOrDefault(delegate, Instant.MIN));
    }

    private AccountState described(String details) {
        return new AccountState(account, kind, actsFor, details, standing, grants, groups, keys, delegates, identity);
    }

    private AccountState granted(List<Grant> now) {
        return new AccountState(account, kind, actsFor, personal, standing, now, groups, keys, delegates, identity);
    }

    private AccountState grouped(List<String> now) {
        return new AccountState(account, kind, actsFor, personal, standing, grants, now, keys, delegates, identity);
    }

    private AccountState standing(Standing now) {
        return new AccountState(account, kind, actsFor, personal, now, grants, groups, keys, delegates, identity);
    }

    private AccountState rotated(KeyRotated e, Instant at) {
        KeyState old = keys.get(e.key());
        return old == null
                ? this
                : keyed(e.key(), old.rotated(e.endsAt())).keyed(e.successor(), KeyState.of(at, e.expiresAt(), old.grants()));
    }

    private AccountState keyed(String key, @Nullable KeyState keyState) {
        var now = new HashMap<>(keys);
        now.compute(key, (_, _) -> keyState);
        return new AccountState(account, kind, actsFor, personal, standing, grants, groups, Map.copyOf(now), delegates, identity);
    }

    private AccountState delegating(String delegate, @Nullable Instant until) {
        var now = new HashMap<>(delegates);
        now.compute(delegate, (_, _) -> until);
        return new AccountState(account, kind, actsFor, personal, standing, grants, groups, keys, Map.copyOf(now), identity);
    }

    private AccountState linked(Identity now) {
        return new AccountState(account, kind, actsFor, personal, standing, grants, groups, keys, delegates, now);
    }
}
