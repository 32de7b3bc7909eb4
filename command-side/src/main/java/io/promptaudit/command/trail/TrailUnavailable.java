package io.promptaudit.command.trail;

import org.jspecify.annotations.Nullable;

/** Nothing can be recorded now. Answered 503; nothing changed. */
public class TrailUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param detail one sentence for the reader */
    public TrailUnavailable(String detail, @Nullable Throwable cause) {
        super(detail, cause);
    }
}
