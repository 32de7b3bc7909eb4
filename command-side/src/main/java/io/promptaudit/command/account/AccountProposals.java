package io.promptaudit.command.account;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;

import io.promptaudit.api.command.AccountCommand.ChangeGrants;
import io.promptaudit.api.command.AccountCommand.ChangeGroups;
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
import io.promptaudit.command.change.Proposals;

/** What an account would be given once a second admin confirms it: grants, or a place in groups. */
final class AccountProposals {
    private final Proposals<GrantsChangeProposed> grants = new Proposals<>();
    private final Proposals<GroupsChangeProposed> groups = new Proposals<>();

    AccountEvent propose(ChangeGrants c) {
        return new GrantsChangeProposed(c.account(), grants.revision(), c.grants());
    }

    AccountEvent propose(ChangeGroups c) {
        return new GroupsChangeProposed(c.account(), groups.revision(), c.groups());
    }

    AccountEvent confirm(ConfirmChange c, MetaData by) {
        if (groups.knows(c.change())) {
            var confirmed = groups.confirmable(c.change(), by);
            return new GroupsChanged(confirmed.what().account(), confirmed.what().groups(), c.change(), confirmed.proposer(),
                    c.comment());
        }
        var confirmed = grants.confirmable(c.change(), by);
        return new GrantsChanged(confirmed.what().account(), confirmed.what().grants(), c.change(), confirmed.proposer(),
                c.comment());
    }

    AccountEvent decline(DeclineChange c) {
        if (groups.knows(c.change())) {
            var declined = groups.pending(c.change());
            return new GroupsChangeDeclined(declined.what().account(), c.change(), declined.proposer(), c.reason());
        }
        var declined = grants.pending(c.change());
        return new GrantsChangeDeclined(declined.what().account(), c.change(), declined.proposer(), c.reason());
    }

    void on(AccountEvent event, EventMessage<?> message) {
        switch (event) {
            case GrantsChanged e -> grants.changed(e.confirms());
            case GrantsChangeProposed e -> grants.proposed(message, e.basedOn(), e);
            case GrantsChangeDeclined e -> grants.declined(e.change());
            case GroupsChanged e -> groups.changed(e.confirms());
            case GroupsChangeProposed e -> groups.proposed(message, e.basedOn(), e);
            case GroupsChangeDeclined e -> groups.declined(e.change());
            case AccountCreated _,AccountClosed _,AccountErased _ -> {
                grants.changed(null);
                groups.changed(null);
            }
            case AccountDescribed _,PasswordSet _,IdentityLinked _,AccountLocked _,AccountUnlocked _,DelegateAllowed _,DelegateWithdrawn _,KeyCreated _,KeyRotated _,KeyRevoked _ ->
                {
                }
        }
    }
}
