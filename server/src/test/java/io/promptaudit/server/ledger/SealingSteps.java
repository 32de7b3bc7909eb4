package io.promptaudit.server.ledger;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Has a process wait for its end at one step: whoever takes it for the {@code count}th time never goes on. Everybody else does,
 * until the process is killed.
 */
final class SealingSteps {
    /** What the line begins with that says so. */
    static final String REACHED = "reached";

    private final @Nullable SealingStep end;
    private final AtomicInteger left;
    private final CountDownLatch never = new CountDownLatch(1);

    /** @param end null for none: nobody waits */
    SealingSteps(@Nullable SealingStep end, int count) {
        this.end = end;
        left = new AtomicInteger(count);
    }

    /** Takes a step; what is done last, is done only by whoever never goes on. */
    void take(SealingStep step, Runnable last) {
        if (step == end && left.decrementAndGet() == 0) {
            last.run();
            Said.say(REACHED, step.name());
            waitForTheEnd();
        }
    }

    private void waitForTheEnd() {
        try {
            never.await();
        } catch (InterruptedException e) {
            throw new AssertionError("the process should have been killed here", e);
        }
    }
}
