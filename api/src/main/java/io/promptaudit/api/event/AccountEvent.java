package io.promptaudit.api.event;

/** Everything that can have happened to one account. */
public sealed interface AccountEvent extends TrailEvent
        permits AccountCreated, AccountDescribed, GrantsChanged, GrantsChangeProposed, GrantsChangeDeclined, GroupsChanged,
        GroupsChangeProposed, GroupsChangeDeclined,
        PasswordSet, IdentityLinked,
        AccountLocked, AccountUnlocked, AccountClosed, AccountErased, DelegateAllowed, DelegateWithdrawn, KeyCreated, KeyRotated,
        KeyRevoked {
    /** The account's id, never used again for another. */
    String account();
}
