package io.promptaudit.server.evidence;

import java.time.Instant;

import io.promptaudit.api.query.EvidenceScope;

/** Which events are in a pack, by their places. */
final class Selection {
    private static final String ENVIRONMENT = "environment:";
    private static final String ACCOUNT = "account:";
    /** What was decided on how the ledger is signed, so which of its epochs goes on from what. */
    private static final String LEDGER = "server:ledger";

    private final EvidenceScope scope;

    Selection(EvidenceScope scope) {
        this.scope = scope;
    }

    /**
     * Whether every pack of the trail has this stream: release rules are decided by environments and by what accounts may do, and
     * older receipts by the ledger's epochs.
     */
    static boolean isDecisive(String stream) {
        return stream.startsWith(ENVIRONMENT) || stream.startsWith(ACCOUNT) || stream.equals(LEDGER);
    }

    /** Whether it is of an environment. */
    static boolean isEnvironment(String stream) {
        return stream.startsWith(ENVIRONMENT);
    }

    /** Whether it is of an account. */
    static boolean isAccount(String stream) {
        return stream.startsWith(ACCOUNT);
    }

    /** The stream of an account. */
    static String ofAccount(String account) {
        return ACCOUNT + account;
    }

    /** Whether the event is in the pack. */
    boolean holds(Place place) {
        Instant to = scope.to();
        if (!place.isIn(null, to)) {
            return false;
        }
        if (place.isAlone()) {
            return scope.prompt() == null ? place.isIn(scope.from(), to) : scope.alone().contains(place.position());
        }
        return scope.streams().contains(place.stream());
    }

    /** Whether it is in the pack and in its period: what is older is there because it decides. */
    boolean isOfPeriod(Place place) {
        return holds(place) && place.isIn(scope.from(), scope.to());
    }
}
