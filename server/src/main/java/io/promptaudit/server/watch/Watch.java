package io.promptaudit.server.watch;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again, on a thread of its own: a disk or a network that hangs holds up nothing else. */
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final String name;
    private final Duration pause;
    private final Look look;
    private @Nullable Thread thread;

    /** One look. */
    @FunctionalInterface
    public interface Look {
        /** Looks; ends soon once its thread is interrupted. */
        void look() throws InterruptedException;
    }

    /** @param pause the time between two looks */
    public Watch(String name, Duration pause, Look look) {
        this.name = name;
        this.pause = pause;
        this.look = look;
    }

    /** Begins; the first look comes after a pause. */
    public synchronized void start() {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(pause);
                try {
                    look.look();
                } catch (RuntimeException e) {
                    LOG.error("The watch {} failed, and goes on", name, e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The watch {} ends", name);
        }
    }

    /** Ends, and does not wait for a look that is under way. */
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
