package io.promptaudit.server.security;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Counts failures, and says how long to wait after them: some are free, then each doubles the wait. A day without one more
 * forgets them. Counts a bounded number of things.
 *
 * @param <K> what fails
 */
final class Failures<K> {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final int MOST_COUNTED = 50_000;

    private final InstantSource clock;
    private final int free;
    private final Duration longest;
    private final Cache<K, Tally> tallies;

    private record Tally(int failures, Instant until) {}

    /**
     * @param free after how many failures the first wait begins, of one second
     * @param longest no wait is longer
     */
    Failures(InstantSource clock, int free, Duration longest) {
        this.clock = clock;
        this.free = free;
        this.longest = longest;
        this.tallies = Caffeine.newBuilder().maximumSize(MOST_COUNTED).expireAfterWrite(FORGOTTEN)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis())).build();
    }

    void count(K key) {
        tallies.asMap().merge(key, tally(1), (before, one) -> tally(Math.min(before.failures() + 1, free + Long.SIZE)));
    }

    private Tally tally(int failures) {
        Instant now = clock.instant();
        if (failures < free) {
            return new Tally(failures, now);
        }
        // The shift ends before it overflows, far beyond the longest wait.
        Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(failures - free, Integer.SIZE));
        return new Tally(failures, now.plus(doubled.compareTo(longest) < 0 ? doubled : longest));
    }

    /** How long to wait from now; zero or less when there is nothing to wait for. */
    Duration remaining(K key) {
        Tally tally = tallies.getIfPresent(key);
        return tally == null ? Duration.ZERO : Duration.between(clock.instant(), tally.until());
    }

    void forget(K key) {
        tallies.invalidate(key);
    }
}
