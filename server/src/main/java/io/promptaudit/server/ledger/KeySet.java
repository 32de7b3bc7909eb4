package io.promptaudit.server.ledger;

/**
 * Keys that sign for one origin together.
 *
 * @param generation 1, and one more with each rotation
 */
record KeySet(Origin origin, int generation) {

    /** The first keys of an origin. */
    static KeySet first(Origin origin) {
        return new KeySet(origin, 1);
    }

    /** Tells them from the others of the same ledger: {@code <epoch>.<generation>}. */
    String label() {
        return origin.epoch() + "." + generation;
    }
}
