package io.promptaudit.server.security;

import java.time.Duration;

import org.springframework.security.authentication.AccountStatusException;

/** After failed sign-ins one has to wait. Nobody looked at the credential. */
class SlowDown extends AccountStatusException {
    private static final long serialVersionUID = 1L;

    private final Duration wait;

    SlowDown(Duration wait) {
        super("too many failed sign-ins; try again when Retry-After has passed");
        this.wait = wait;
    }

    /** How long, in whole seconds, at least one. */
    int retryAfterSeconds() {
        return (int) wait.plusMillis(999).toSeconds();
    }
}
