package io.promptaudit.server.ledger;

/** What was asked for is not sealed yet. */
final class NotSealed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotSealed() {
        super("no signed checkpoint covers this yet");
    }
}
