package io.promptaudit.server.ledger;

/** What was asked for is not sealed yet. */
public final class NotSealed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says that it may be later. */
    public NotSealed() {
        super("no signed checkpoint covers this yet");
    }
}
