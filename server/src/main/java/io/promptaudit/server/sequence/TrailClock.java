package io.promptaudit.server.sequence;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The server's clock as the trail knows it: UTC, to the millisecond, and never going back, whatever the host's clock does. */
public final class TrailClock extends Clock {
    private final Clock host;
    private final AtomicReference<Instant> last;

    /** @param notBefore the time of the last event known, so that a restart does not go back either */
    public TrailClock(Clock host, Instant notBefore) {
        this.host = host;
        this.last = new AtomicReference<>(notBefore);
    }

    @Override
    public Instant instant() {
        Instant now = host.instant().truncatedTo(ChronoUnit.MILLIS);
        return last.accumulateAndGet(now, (before, after) -> after.isAfter(before) ? after : before);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the trail knows UTC only");
    }
}
