package io.promptaudit.query.view;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/** Lets readers wait, for a while, for a position that their answer must not be older than. */
public final class Patience {
    /** How often to look: what is waited for may move on in another process. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Duration most;
    private volatile CountDownLatch next = new CountDownLatch(1);

    /** @param most how long a reader waits */
    public Patience(Duration most) {
        this.most = most;
    }

    /** Has those who wait look at once. */
    synchronized void moved() {
        var reached = next;
        next = new CountDownLatch(1);
        reached.countDown();
    }

    /**
     * Returns once the position is reached.
     *
     * @param what a view's name, or what else is waited for
     * @param position null asks for nothing
     * @param reached how far that is by now
     * @throws ViewBehind when it is not reached in time
     */
    public void await(String what, @Nullable Long position, LongSupplier reached) {
        if (position == null) {
            return;
        }
        long deadline = System.nanoTime() + most.toNanos();
        var move = next;
        while (reached.getAsLong() < position) {
            if (System.nanoTime() - deadline >= 0 || interrupted(move)) {
                throw new ViewBehind(what, position);
            }
            move = next;
        }
    }

    private static boolean interrupted(CountDownLatch move) {
        try {
            boolean _ = move.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
