package io.promptaudit.server.trail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import io.promptaudit.server.sequence.TrailClock;

/** A server's clock that a test moves ahead, for all servers of this process. Without stereotype, so that no other test finds it. */
public class MovedClock {
    private static volatile Duration ahead = Duration.ZERO;

    /** Moves it ahead, for good. */
    public static void move(Duration further) {
        ahead = ahead.plus(further);
    }

    static Instant now() {
        return Instant.now().plus(ahead);
    }

    @Bean
    @Primary
    TrailClock clockThatMoves() {
        return new TrailClock(new Host(), Instant.EPOCH);
    }

    private static final class Host extends Clock {
        @Override
        public Instant instant() {
            return now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
