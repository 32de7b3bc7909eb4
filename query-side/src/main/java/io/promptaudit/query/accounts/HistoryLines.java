package io.promptaudit.query.accounts;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Grant;
import io.promptaudit.api.Identity;
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
import io.promptaudit.api.query.AccountView.Change;
import io.promptaudit.api.query.AccountView.Delegate;
import io.promptaudit.query.view.Occurrence;

/** Turns what happened to an account into a line of its history. */
final class HistoryLines {
    private final Occurrence when;

    private HistoryLines(Occurrence when) {
        this.when = when;
    }

    static Change of(AccountEvent event, Occurrence when) {
        var line = new HistoryLines(when);
        return switch (event) {
            case AccountCreated e -> line.change("created", e.grants(), null, null, null, null, null);
            case AccountDescribed _ -> line.plain("described", null);
            case GrantsChanged e ->
                line.change("grants-changed", e.grants(), null, null, e.comment(), e.confirms(), e.proposedBy());
            case GrantsChangeProposed e ->
                line.change("grants-change-proposed", e.grants(), null, null, null, when.id(), null);
            case GrantsChangeDeclined e ->
                line.change("grants-change-declined", null, null, null, e.reason(), e.change(), e.proposedBy());
            case GroupsChanged e ->
                line.change("groups-changed", null, e.groups(), null, e.comment(), e.confirms(), e.proposedBy());
            case GroupsChangeProposed e ->
                line.change("groups-change-proposed", null, e.groups(), null, null, when.id(), null);
            case GroupsChangeDeclined e ->
                line.change("groups-change-declined", null, null, null, e.reason(), e.change(), e.proposedBy());
            case PasswordSet _ -> line.plain("password-set", null);
            case IdentityLinked e -> line.change("identity-linked", null, null, null, null, null, null, e.identity());
            case AccountLocked e -> line.plain("locked", e.reason());
            case AccountUnlocked e -> line.plain("unlocked", e.reason());
            case AccountClosed e -> line.plain("closed", e.reason());
            case AccountErased e -> line.plain("erased", e.reason());
            case KeyCreated e -> line.keyed("key-created", e.key());
            case KeyRotated e -> line.keyed("key-rotated", e.key());
            case KeyRevoked e -> line.keyed("key-revoked", e.key());
            case DelegateAllowed e -> line.delegated("delegate-allowed", new Delegate(e.delegate(), e.until()));
            case DelegateWithdrawn e -> line.delegated("delegate-withdrawn", new Delegate(e.delegate(), null));
        };
    }

    private Change plain(String what, @Nullable String reason) {
        return change(what, null, null, null, reason, null, null);
    }

    private Change delegated(String what, Delegate delegate) {
        return change(what, null, null, delegate, null, null, null);
    }

    private Change keyed(String what, String key) {
        return change(what, null, null, null, null, null, null).of(key);
    }

    private Change change(String what, @Nullable List<Grant> grants, @Nullable List<String> groups,
            @Nullable Delegate delegate, @Nullable String reason, @Nullable String proposed, @Nullable String proposedBy) {
        return change(what, grants, groups, delegate, reason, proposed, proposedBy, null);
    }

    private Change change(String what, @Nullable List<Grant> grants, @Nullable List<String> groups,
            @Nullable Delegate delegate, @Nullable String reason, @Nullable String proposed, @Nullable String proposedBy,
            @Nullable Identity identity) {
        return new Change(when.position(), when.id(), when.at(), when.actor().account(), when.actor().onBehalfOf(), what,
                grants, groups, delegate, reason, proposed, proposedBy, null, identity);
    }
}
