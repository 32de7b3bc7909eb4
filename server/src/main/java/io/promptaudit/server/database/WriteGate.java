package io.promptaudit.server.database;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets any number of writing statements in together, or one capture of the database alone. A capture that waits holds back new
 * transactions, and never a thread with a transaction that has written: others inside may be waiting for its row locks. A
 * transaction is held back by one capture at most, so neither side starves.
 */
final class WriteGate {
    private final ReentrantLock captures = new ReentrantLock(true);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    /** How many transactions that have written each thread has open: one may be nested in another. */
    private final Map<Thread, Integer> transactions = new HashMap<>();
    private int inside;
    private boolean waiting;
    private boolean capturing;
    private long captured;
    private volatile Runnable watcher = () -> {};

    /** Has the watcher run after every statement, by the thread that wrote: it must neither wait nor fail. */
    void watch(Runnable afterStatement) {
        watcher = afterStatement;
    }

    /** Begins a writing statement of this thread; {@link #leave} ends it. */
    void enter() {
        lock.lock();
        try {
            long before = captured;
            while (capturing || (waiting && captured == before && !transactions.containsKey(Thread.currentThread()))) {
                opened.awaitUninterruptibly();
            }
            inside++;
        } finally {
            lock.unlock();
        }
    }

    /** Ends what {@link #enter} began. */
    void leave() {
        lock.lock();
        try {
            inside--;
            if (inside == 0 && waiting) {
                // Handed over at once: the next statement of a long transaction must not be faster.
                waiting = false;
                capturing = true;
                emptied.signal();
            }
        } finally {
            lock.unlock();
        }
        watcher.run();
    }

    /** Counts a transaction of this thread that is about to write. Returns the thread, for {@link #ended}. */
    Thread begun() {
        Thread owner = Thread.currentThread();
        lock.lock();
        try {
            transactions.merge(owner, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
        return owner;
    }

    /** Counts the end of a transaction that {@code owner} began. */
    void ended(Thread owner) {
        lock.lock();
        try {
            transactions.computeIfPresent(owner, (thread, open) -> open == 1 ? null : open - 1);
        } finally {
            lock.unlock();
        }
    }

    /** Runs the capture while no statement writes. Transactions may be open, between their statements. */
    void alone(Runnable capture) {
        captures.lock();
        try {
            close();
            try {
                capture.run();
            } finally {
                open();
            }
        } finally {
            captures.unlock();
        }
    }

    private void close() {
        lock.lock();
        try {
            waiting = inside > 0;
            capturing = !waiting;
            while (!capturing) {
                emptied.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void open() {
        lock.lock();
        try {
            capturing = false;
            captured++;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
