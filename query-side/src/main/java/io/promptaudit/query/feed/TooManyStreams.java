package io.promptaudit.query.feed;

import java.time.Duration;

/** As many subscribers are connected as the server serves at a time. Answered 503 with Retry-After; nothing changed. */
public class TooManyStreams extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /**
     * @param detail one sentence for the reader
     * @param retryAfter when it is worth trying again
     */
    public TooManyStreams(String detail, Duration retryAfter) {
        super(detail);
        this.retryAfter = retryAfter;
    }

    /** When it is worth trying again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
