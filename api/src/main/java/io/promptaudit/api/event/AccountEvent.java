package io.promptaudit.api.event;

/** Everything that can have happened to one account. */
public sealed interface AccountEvent extends TrailEvent
        permits AccountCreated, GrantsChanged, GrantsChangeProposed, GrantsChangeDeclined, PasswordSet, IdentityLinked,
        AccountErased {
    /** The account's id, never used again for another. */
    String account();
}
