package io.promptaudit.command.prompt;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.axonframework.eventhandling.GenericEventMessage;

/** The time of commands and their events, which stands still until a test moves it. */
final class TestClock extends Clock {
    static final Instant START = Instant.parse("2026-05-04T10:00:00Z");

    private Instant now = START;

    /** A clock that new events are dated by. */
    static TestClock ofEvents() {
        var clock = new TestClock();
        GenericEventMessage.clock = clock;
        return clock;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("tests know UTC only");
    }
}
