package io.promptaudit.command.account;

import java.util.Optional;

/** Knows which event made which key: so that a repeated request is told apart from the first, which alone shows the secret. */
@FunctionalInterface
public interface MadeKeys {

    /** The public half of the key that this event made; empty when it made none, or the account was erased. */
    Optional<String> madeBy(String eventId);
}
