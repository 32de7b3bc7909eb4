package io.promptaudit.command.account;

import java.util.Optional;

import io.promptaudit.api.Caller;
import io.promptaudit.api.CommandRejected;

/** What authentication needs to know of accounts. Read from the event store, so that it is true on every node once answered. */
public interface SignIns {

    /** Who signs in with this account's password; empty when there is no such account or password. */
    Optional<SignIn> byPassword(String account);

    /** Who signs in with this key's secret; empty when there is no such key. */
    Optional<SignIn> byKey(String publicKey);

    /** Who signs in with the secret that has this {@link KeyPair#hash}; empty when it is no key's. */
    Optional<SignIn> bySecret(String secretHash);

    /**
     * Who comes in, with the grants of this moment. Asked with each request, once the credential proved to be right.
     *
     * @param presented the account and credential, and the person that the request names to act for, if any
     * @throws CommandRejected when they may not (any more): its rule and message say why, to who proved who they are
     */
    Caller admit(Caller presented);

    /** Notes that the key of this caller was presented with its secret. */
    void used(Caller holder);

    /**
     * A credential to compare with what was presented.
     *
     * @param caller who comes in when it is right, not admitted yet
     * @param hash of a password: in the encoded form of Spring Security's password encoders; of a key's secret: {@link KeyPair#hash}
     */
    record SignIn(Caller caller, String hash) {}
}
