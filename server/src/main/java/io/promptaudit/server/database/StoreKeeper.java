package io.promptaudit.server.database;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what H2's background writer did, at moments when no statement writes: captures what nobody forced to disk, within about a
 * second, or at once when much is unsaved, and keeps the file small.
 */
final class StoreKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreKeeper.class);

    private final EmbeddedStore store;
    private final Semaphore full = new Semaphore(0);
    private long seen;
    private volatile boolean running;
    private @Nullable Thread thread;

    StoreKeeper(EmbeddedStore store, WriteGate gate) {
        this.store = store;
        gate.watch(this::wakeIfFull);
    }

    private void wakeIfFull() {
        if (full.availablePermits() == 0 && store.isFull()) {
            full.release();
        }
    }

    void start() {
        running = true;
        thread = Thread.ofPlatform().name("store-keeper").daemon().start(this::run);
    }

    private void run() {
        try {
            while (running && !store.isClosed()) {
                boolean woken = full.tryAcquire(1, TimeUnit.SECONDS);
                if (woken || store.version() == seen) {
                    store.capture();
                }
                if (!woken) {
                    store.tidy();
                }
                seen = store.version();
            }
        } catch (InterruptedException e) {
            running = false;
        } catch (RuntimeException e) {
            // H2 has closed its file: the next write fails too, and says so to health and to its client.
            LOG.error("The database cannot be written", e);
        }
    }

    /** Ends after what it does now. It is not interrupted: that would close the database's file. */
    @Override
    public void close() {
        running = false;
        full.release();
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
