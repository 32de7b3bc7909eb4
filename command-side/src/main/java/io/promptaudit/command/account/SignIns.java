package io.promptaudit.command.account;

import java.util.Optional;

import io.promptaudit.api.Caller;

/** What authentication needs to know of an account. Read from the event store, so that it is true on every node once answered. */
public interface SignIns {

    /** The account as it is now; empty when it does not exist, is erased or has no password. */
    Optional<SignIn> find(String account);

    /**
     * An account that can sign in with a password.
     *
     * @param passwordHash in the encoded form of Spring Security's password encoders
     */
    record SignIn(Caller caller, String passwordHash) {}
}
