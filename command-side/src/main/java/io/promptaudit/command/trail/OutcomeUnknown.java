package io.promptaudit.command.trail;

import org.jspecify.annotations.Nullable;

/** The event was written, but whether it is durable is not known. Repeat with the same idempotency key to find out. */
public class OutcomeUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param detail one sentence for the reader */
    public OutcomeUnknown(String detail, @Nullable Throwable cause) {
        super(detail, cause);
    }
}
