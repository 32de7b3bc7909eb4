package io.promptaudit.ledger.release;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/** Who acted: an account, and the person it acted for, if any. */
record Actor(String account, @Nullable String onBehalfOf) {
    /** The account of the server itself, as which nobody signs in. */
    static final String SERVER = "system";

    boolean isServer() {
        return account.equals(SERVER);
    }

    /** Whose act it is. */
    String person() {
        return onBehalfOf == null ? account : onBehalfOf;
    }

    /** One name or two, in order. */
    Set<String> names() {
        return new TreeSet<>(List.of(account, person()));
    }

    /** Two acts are two people's only where they share no name. */
    boolean sharesNameWith(Actor other) {
        return other.isNamed(account) || other.isNamed(person());
    }

    private boolean isNamed(String name) {
        return account.equals(name) || person().equals(name);
    }

    @Override
    public String toString() {
        return onBehalfOf == null ? account : account + " on behalf of " + onBehalfOf;
    }
}
