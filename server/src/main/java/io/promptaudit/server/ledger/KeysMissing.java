package io.promptaudit.server.ledger;

/** Keys that should sign are not there. The message says which, and what to do, and nothing of what they are. */
final class KeysMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysMissing(String message) {
        super(message);
    }
}
