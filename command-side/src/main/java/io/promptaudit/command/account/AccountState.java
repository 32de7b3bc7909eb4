package io.promptaudit.command.account;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
import io.promptaudit.api.Role;
import io.promptaudit.api.event.AccountCreated;
import io.promptaudit.api.event.AccountErased;
import io.promptaudit.api.event.AccountEvent;
import io.promptaudit.api.event.GrantsChangeDeclined;
import io.promptaudit.api.event.GrantsChangeProposed;
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.IdentityLinked;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.command.trail.Actor;

/**
 * What decisions need of one account.
 *
 * @param personal its display name, sealed
 * @param identity whom an identity provider knows as its owner, or null
 */
public record AccountState(String account, AccountKind kind, @Nullable String actsFor, @Nullable String personal,
        List<Grant> grants, boolean erased, @Nullable Identity identity) {

    /** The state after one more event; {@code before} is null for the first. */
    static AccountState after(@Nullable AccountState before, AccountEvent event) {
        if (event instanceof AccountCreated e) {
            return new AccountState(e.account(), e.kind(), e.actsFor(), e.personal(), e.grants(), false, null);
        }
        if (before == null) {
            throw new IllegalStateException("the first event of an account creates it");
        }
        return switch (event) {
            case AccountCreated _,PasswordSet _,GrantsChangeProposed _,GrantsChangeDeclined _ -> before;
            case GrantsChanged e -> before.with(e.grants(), before.erased());
            case IdentityLinked e ->
                new AccountState(before.account, before.kind, before.actsFor, before.personal, before.grants, before.erased,
                        e.identity());
            case AccountErased _ -> before.with(List.of(), true);
        };
    }

    /** Whether the account administers the server. */
    public boolean isAdmin() {
        return grants.stream().anyMatch(grant -> grant.role() == Role.ADMIN);
    }

    /** Whether this is the actor's own account, or that of somebody who acts for the same person. */
    boolean isOf(Actor actor) {
        return account.equals(actor.account()) || (actsFor == null ? account : actsFor).equals(actor.person());
    }

    /** Whether these grants allow something that the present ones do not. */
    boolean isWidenedBy(List<Grant> newGrants) {
        return !newGrants.stream().allMatch(grant -> grant.isCoveredBy(grants));
    }

    private AccountState with(List<Grant> newGrants, boolean isErased) {
        return new AccountState(account, kind, actsFor, personal, newGrants, isErased, identity);
    }
}
