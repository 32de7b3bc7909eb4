package io.promptaudit.ledger.release;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.VerificationFailed;

/** How a rule says that it does not hold: its id, as the server names it where the server has it, and what is wrong. */
final class Rules {
    private Rules() {}

    /**
     * Passes what holds.
     *
     * @param otherwise a format of what is wrong; nothing is put together while all is well
     * @throws VerificationFailed unless it holds
     */
    @SuppressWarnings("AnnotateFormatMethod") // That annotation is not the JDK's.
    static void require(boolean holds, String rule, String otherwise, @Nullable Object... told) {
        if (!holds) {
            throw new VerificationFailed(rule + ": " + otherwise.formatted(told));
        }
    }

    /** An event's payload and its aggregate name the same thing. */
    static void requireStream(Act act, String aggregate) {
        require(act.event().aggregateId().equals(aggregate), "own-stream", "it stands among the events of %s",
                act.event().aggregateId());
    }

    static String list(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
