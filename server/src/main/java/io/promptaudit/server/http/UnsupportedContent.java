package io.promptaudit.server.http;

/** A request body of a kind that is not read. */
class UnsupportedContent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedContent() {
        super("Send application/json in UTF-8.");
    }
}
