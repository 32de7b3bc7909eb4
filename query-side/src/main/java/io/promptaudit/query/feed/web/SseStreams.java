package io.promptaudit.query.feed.web;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

import io.promptaudit.api.Caller;
import io.promptaudit.query.feed.CallerRefresh;
import io.promptaudit.query.feed.Feed;
import io.promptaudit.query.feed.FeedReader;
import io.promptaudit.query.feed.TooManyStreams;

/**
 * The open streams: a virtual thread for each, no more than so many at a time, and all of them ended when the server
 * stops. It stops in the first phase of all, so that a graceful stop of the web server does not wait for subscribers.
 */
public final class SseStreams implements SmartLifecycle {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration STOPPING = Duration.ofSeconds(5);

    private final Feed feed;
    private final CallerRefresh refresh;
    private final Duration heartbeat;
    private final int most;
    private final Semaphore slots;
    private final Set<SseStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean running = true;

    /**
     * @param heartbeat the longest that a stream is silent; after at most as long a caller who may no longer read is
     *     disconnected
     * @param most how many streams may be open at a time
     */
    public SseStreams(Feed feed, CallerRefresh refresh, Duration heartbeat, int most) {
        this.feed = feed;
        this.refresh = refresh;
        this.heartbeat = heartbeat;
        this.most = most;
        this.slots = new Semaphore(most);
    }

    /**
     * Begins a stream after this position.
     *
     * @throws TooManyStreams when all places are taken, or the server is stopping
     */
    ResponseBodyEmitter open(Caller caller, long after) {
        if (!running) {
            throw new TooManyStreams("The server is stopping.", RETRY_AFTER);
        }
        if (!slots.tryAcquire()) {
            throw new TooManyStreams("%d subscribers are connected already.".formatted(most), RETRY_AFTER);
        }
        FeedReader reader;
        try {
            reader = feed.open(after);
        } catch (RuntimeException e) {
            slots.release();
            throw e;
        }
        var stream = new SseStream(reader, after, caller, refresh, heartbeat, this::ended);
        open.add(stream);
        if (!running) {
            stream.close();
        }
        return stream.start();
    }

    /** How many more streams may be opened. */
    int free() {
        return slots.availablePermits();
    }

    private void ended(SseStream stream) {
        open.remove(stream);
        slots.release();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Ends every stream, and waits for a moment until they have ended. */
    @Override
    public void stop() {
        running = false;
        open.forEach(SseStream::close);
        long deadline = System.nanoTime() + STOPPING.toNanos();
        try {
            for (SseStream stream : open) {
                stream.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
