package io.promptaudit.query.accounts;

import java.util.List;

import org.jspecify.annotations.Nullable;

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
import io.promptaudit.api.event.GrantsChanged;
import io.promptaudit.api.event.GroupsChanged;
import io.promptaudit.api.event.PasswordSet;
import io.promptaudit.api.query.AccountView.Change;
import io.promptaudit.api.query.AccountView.Delegate;
import io.promptaudit.query.view.Occurrence;

/** Turns what happened to an account into a line of its history. */
final class Changes {
    private final Occurrence when;

    private Changes(Occurrence when) {
        this.when = when;
    }

    static Change of(AccountEvent event, Occurrence when) {
        var changes = new Changes(when);
        return switch (event) {
            case AccountCreated e -> changes.change("created", e.grants(), null, null, null);
            case AccountDescribed _ -> changes.plain("described");
            case GrantsChanged e -> changes.change("grants-changed", e.grants(), null, null, null);
            case GroupsChanged e -> changes.change("groups-changed", null, e.groups(), null, null);
            case PasswordSet _ -> changes.plain("password-set");
            case AccountLocked e -> changes.reasoned("locked", e.reason());
            case AccountUnlocked e -> changes.reasoned("unlocked", e.reason());
            case AccountClosed e -> changes.reasoned("closed", e.reason());
            case AccountErased e -> changes.reasoned("erased", e.reason());
            case DelegateAllowed e -> changes.delegated("delegate-allowed", new Delegate(e.delegate(), e.until()));
            case DelegateWithdrawn e -> changes.delegated("delegate-withdrawn", new Delegate(e.delegate(), null));
        };
    }

    private Change plain(String what) {
        return change(what, null, null, null, null);
    }

    private Change reasoned(String what, String reason) {
        return change(what, null, null, null, reason);
    }

    private Change delegated(String what, Delegate delegate) {
        return change(what, null, null, delegate, null);
    }

    private Change change(String what, @Nullable List<Grant> grants, @Nullable List<String> groups,
            @Nullable Delegate delegate, @Nullable String reason) {
        return new Change(when.position(), when.id(), when.at(), when.actor().account(), when.actor().onBehalfOf(), what,
                grants, groups, delegate, reason);
    }
}
