package io.promptaudit.server.witness;

import java.time.Duration;

/**
 * How often witnesses are asked, and how long they are waited for.
 *
 * @param pace the time between two checkpoints that are sent, at least
 * @param patience how long one answer may take
 * @param patienceAtStart how long all answers may take before the first signature
 * @param again after how long a checkpoint is cosigned again when nothing happens, so that silence is bounded
 * @param grace how long a quorum may take before it is missed
 * @param retry after how long a witness that failed is asked again; twice as long each time, up to {@code retryAtMost}
 */
record WitnessTiming(Duration pace, Duration patience, Duration patienceAtStart, Duration again, Duration grace, Duration retry,
        Duration retryAtMost) {
    /** A witness of the public network is asked about once in a second, as its operators expect of a busy log. */
    static final WitnessTiming USUAL = new WitnessTiming(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(3),
            Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** How long to leave a witness alone that failed so many times in a row. */
    Duration retryAfter(int failures) {
        Duration wait = retry;
        for (int i = 1; i < failures && wait.compareTo(retryAtMost) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(retryAtMost) < 0 ? wait : retryAtMost;
    }
}
