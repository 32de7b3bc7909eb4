package io.promptaudit.command.trail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Orders what decides and what changes it: a command reads grants and policies under shared locks that it holds until its
 * transaction ends, a change of them takes the lock alone. So no event that a grant or policy allowed stands, in the one
 * order, behind the event that took it away. All locks of a command are taken at once and in one order: no deadlock.
 *
 * <p>The locks live in this process, which is enough for the embedded database: it has one process.
 */
public final class DecisionLocks {
    private static final int STRIPES = 1024;

    private final ReadWriteLock[] stripes = new ReadWriteLock[STRIPES];

    /** Makes the locks. */
    public DecisionLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantReadWriteLock(true);
        }
    }

    /** What a command needs to stand still, or alone, while it is decided. */
    public static final class Wanted {
        private final Map<Integer, Boolean> exclusiveByStripe = new TreeMap<>();

        /** Others may read {@code what} meanwhile, nobody may change it. */
        public Wanted shared(String what) {
            exclusiveByStripe.putIfAbsent(stripe(what), false);
            return this;
        }

        /** Nobody else may read or change {@code what} meanwhile. */
        public Wanted exclusive(String what) {
            exclusiveByStripe.put(stripe(what), true);
            return this;
        }

        private static int stripe(String what) {
            return Math.floorMod(what.hashCode() * 0x9E3779B9, STRIPES);
        }
    }

    /** Takes the locks; closing the answer, by the same thread, gives them back. */
    public Held acquire(Wanted wanted) {
        var held = new Held();
        wanted.exclusiveByStripe.forEach((stripe, exclusive) -> held
                .take(exclusive ? stripes[stripe].writeLock() : stripes[stripe].readLock()));
        return held;
    }

    /** Locks that are held. */
    public static final class Held implements AutoCloseable {
        private final Deque<Lock> locks = new ArrayDeque<>();

        private void take(Lock lock) {
            lock.lock();
            locks.push(lock);
        }

        @Override
        public void close() {
            locks.forEach(Lock::unlock);
            locks.clear();
        }
    }
}
