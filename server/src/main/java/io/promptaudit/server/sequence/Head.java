package io.promptaudit.server.sequence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last position of which something holds for it and all before it, such as that anyone may see them. */
public final class Head {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile long position;

    /** The position. */
    public long position() {
        return position;
    }

    /** Moves it, and tells whoever waits. */
    public void moveTo(long next) {
        lock.lock();
        try {
            position = next;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        watchers.forEach(Runnable::run);
    }

    /** Has the watcher run whenever the head has moved, by the thread that moved it: it must neither wait nor fail. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /** Waits until the head is beyond {@code known}, or the time is over. */
    public boolean awaitBeyond(long known, long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            while (position <= known && left > 0) {
                left = moved.awaitNanos(left);
            }
            return position > known;
        } finally {
            lock.unlock();
        }
    }
}
