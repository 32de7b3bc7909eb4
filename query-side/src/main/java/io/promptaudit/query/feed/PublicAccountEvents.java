package io.promptaudit.query.feed;

import java.util.List;

import io.promptaudit.api.Grant;
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
import io.promptaudit.query.feed.PublicEvents.Told;

/** Turns what happened to an account into what is told of it. */
final class PublicAccountEvents {
    private PublicAccountEvents() {}

    static Told tell(AccountEvent event) {
        return new Told("account." + type(event), event.account(), data(event));
    }

    private static String type(AccountEvent event) {
        return switch (event) {
            case AccountCreated _ -> "created";
            case AccountDescribed _ -> "described";
            case GrantsChanged _ -> "grants-changed";
            case GrantsChangeProposed _ -> "grants-change-proposed";
            case GrantsChangeDeclined _ -> "grants-change-declined";
            case GroupsChanged _ -> "groups-changed";
            case GroupsChangeProposed _ -> "groups-change-proposed";
            case GroupsChangeDeclined _ -> "groups-change-declined";
            case PasswordSet _ -> "password-set";
            case IdentityLinked _ -> "identity-linked";
            case AccountLocked _ -> "locked";
            case AccountUnlocked _ -> "unlocked";
            case AccountClosed _ -> "closed";
            case AccountErased _ -> "erased";
            case KeyCreated _ -> "key-created";
            case KeyRotated _ -> "key-rotated";
            case KeyRevoked _ -> "key-revoked";
            case DelegateAllowed _ -> "delegate-allowed";
            case DelegateWithdrawn _ -> "delegate-withdrawn";
        };
    }

    private static Object data(AccountEvent event) {
        String account = event.account();
        return switch (event) {
            case AccountCreated e ->
                new AccountChange(account, e.kind().id(), e.actsFor(), granted(e.grants()), null, null, null, null);
            case GrantsChanged e ->
                new AccountChange(account, null, null, granted(e.grants()), null, e.confirms(), e.proposedBy(), null);
            case GrantsChangeProposed e ->
                new AccountChange(account, null, null, granted(e.grants()), null, null, null, null);
            case GrantsChangeDeclined e -> new Declined(null, account, e.change(), e.proposedBy(), e.reason());
            case GroupsChanged e ->
                new AccountChange(account, null, null, null, null, e.confirms(), e.proposedBy(), e.groups());
            case GroupsChangeProposed e -> new AccountChange(account, null, null, null, null, null, null, e.groups());
            case GroupsChangeDeclined e -> new Declined(null, account, e.change(), e.proposedBy(), e.reason());
            case AccountDescribed _,PasswordSet _,IdentityLinked _ -> new AccountChange(account, null);
            case AccountLocked e -> new AccountChange(account, e.reason());
            case AccountUnlocked e -> new AccountChange(account, e.reason());
            case AccountClosed e -> new AccountChange(account, e.reason());
            case AccountErased e -> new AccountChange(account, e.reason());
            case KeyCreated e -> new KeyChange(account, e.key(), e.name(), e.expiresAt(),
                    e.grants() == null ? null : granted(e.grants()), null);
            case KeyRotated e -> new KeyChange(account, e.key(), null, e.endsAt(), null, e.successor());
            case KeyRevoked e -> new KeyChange(account, e.key(), null, null, null, null);
            case DelegateAllowed e -> new DelegateChange(account, e.delegate(), e.until());
            case DelegateWithdrawn e -> new DelegateChange(account, e.delegate(), null);
        };
    }

    private static List<AccountChange.Granted> granted(List<Grant> grants) {
        return grants.stream()
                .map(grant -> new AccountChange.Granted(grant.role().id(), grant.prompts(), grant.environments())).toList();
    }
}
