package io.promptaudit.server.verification;

import java.time.Duration;

/** Leaves most of the time to others, however fast the machine is and however slow it has become. */
@FunctionalInterface
interface Pace {
    /** Rests for three times as long as was worked: a quarter of one core at most. */
    Pace LOW = worked -> Thread.sleep(Duration.ofNanos(3 * worked));

    /** Called between portions of work, with the nanoseconds that the last one took. */
    void rest(long worked) throws InterruptedException;
}
