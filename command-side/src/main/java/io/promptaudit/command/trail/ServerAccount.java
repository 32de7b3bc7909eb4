package io.promptaudit.command.trail;

import java.util.List;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;

/** The server itself, which sets up the first admin and the first environments. Nobody can sign in as it. */
public final class ServerAccount {
    /** The id in events that the server itself caused. No account can have it. */
    public static final String ID = "system";

    private static final Caller CALLER = new Caller(ID, AccountKind.SERVICE, null, List.of(), "server");

    private ServerAccount() {}

    /** The server as a caller. */
    public static Caller caller() {
        return CALLER;
    }

    /** The server as the events name it when it does what a person asked for earlier. It holds no grants of its own. */
    static Caller onBehalfOf(String person) {
        return new Caller(ID, AccountKind.SERVICE, person, List.of(), CALLER.credential());
    }

    /** Whether this is the server itself: the very object, which nothing that came over a network can be. */
    @SuppressWarnings("ReferenceEquality")
    static boolean is(Caller caller) {
        return caller == CALLER;
    }
}
