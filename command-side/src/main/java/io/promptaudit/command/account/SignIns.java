package io.promptaudit.command.account;

import java.util.Optional;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;

/** What authentication needs to know of accounts. Read from the event store, so that it is true on every node once answered. */
public interface SignIns {

    /** Who signs in with this account's password; empty when there is no such account or password. */
    Optional<SignIn> byPassword(String account);

    /**
     * Who comes in, with the grants of this moment. Asked with each request, once the credential proved to be right.
     *
     * @param presented the account and credential, and the person that the request names to act for, if any
     * @throws CommandRejected when they may not (any more): its rule and message say why, to who proved who they are
     */
    Caller admit(Caller presented);

    /**
     * A credential to compare with what was presented.
     *
     * @param caller who comes in when it is right, not admitted yet
     * @param hash of a password: in the encoded form of Spring Security's password encoders
     */
    record SignIn(Caller caller, String hash) {}
}
