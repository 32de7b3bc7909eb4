package io.promptaudit.query.view;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/** Lets readers wait, for a while, for a position that their answer must not be older than. */
public final class Patience {
    /** How often to look: what is waited for may move on in another process. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** How many wait for what is not known here yet: another process may know it, or nobody. Each holds a connection. */
    private static final int MOST_BEYOND = 4;

    private final Duration most;
    private final LongSupplier newest;
    private final Semaphore beyond = new Semaphore(MOST_BEYOND);
    private volatile CountDownLatch next = new CountDownLatch(1);

    /**
     * @param most how long a reader waits
     * @param newest the last position known here
     */
    public Patience(Duration most, LongSupplier newest) {
        this.most = most;
        this.newest = newest;
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
     * @throws ViewBehind when it is not reached in time; at once, where too many wait for positions that nobody here knows
     */
    public void await(String what, @Nullable Long position, LongSupplier reached) {
        if (position == null || reached.getAsLong() >= position) {
            return;
        }
        if (position <= newest.getAsLong()) {
            await(what, position.longValue(), reached);
        } else if (beyond.tryAcquire()) {
            try {
                await(what, position.longValue(), reached);
            } finally {
                beyond.release();
            }
        } else {
            throw new ViewBehind(what, position);
        }
    }

    private void await(String what, long position, LongSupplier reached) {
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
