package io.promptaudit.server.security;

/** Remembers from where sign-ins succeeded lately, so that failures elsewhere do not keep people out there. */
public interface KnownPlaces {

    /** Whether this name signed in from there lately. */
    boolean knows(String name, String network);

    /**
     * Remembers that it did. Never fails: the door opens nonetheless.
     *
     * @param account whose name or key it is; an erasure of the account forgets the place
     */
    void remember(String name, String network, String account);
}
