package io.promptaudit.server.http;

/** A request body with more bytes than are read. */
class ContentTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContentTooLarge(int most) {
        super("A request body has at most %,d bytes.".formatted(most));
    }
}
