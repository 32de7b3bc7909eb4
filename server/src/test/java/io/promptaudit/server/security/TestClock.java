package io.promptaudit.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until the test moves it. */
public final class TestClock implements InstantSource {
    private Instant now;

    /** @param start what it shows first */
    public TestClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves it on. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }
}
