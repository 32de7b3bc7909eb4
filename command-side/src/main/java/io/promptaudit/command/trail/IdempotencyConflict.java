package io.promptaudit.command.trail;

import org.jspecify.annotations.Nullable;

/** An idempotency key was used again with another request. Answered 422; nothing changed. */
public class IdempotencyConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param detail one sentence for the reader */
    public IdempotencyConflict(String detail, @Nullable Throwable cause) {
        super(detail, cause);
    }
}
