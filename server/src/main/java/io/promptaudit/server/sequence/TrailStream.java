package io.promptaudit.server.sequence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reader's way along the positions. Not for use by several threads. */
final class TrailStream implements BlockingStream<TrackedEventMessage<?>> {
    private static final Logger LOG = LoggerFactory.getLogger(TrailStream.class);

    private final TrailSource source;
    private final Head head;
    private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
    private long position;
    private volatile @Nullable Runnable watcher;
    private volatile boolean closed;

    TrailStream(TrailSource source, Head head, long after) {
        this.source = source;
        this.head = head;
        this.position = after;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        fill();
        return Optional.ofNullable(page.peekFirst());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        fill();
        if (page.isEmpty() && timeout > 0 && head.awaitBeyond(position, timeout, unit)) {
            fill();
        }
        return !page.isEmpty();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.SECONDS)) {
            if (closed) {
                throw new IllegalStateException("the stream is closed");
            }
        }
        return page.removeFirst();
    }

    private void fill() {
        if (!page.isEmpty() || closed) {
            return;
        }
        for (TrackedEventMessage<?> message : source.after(position)) {
            long at = message.trackingToken().position().orElseThrow();
            if (at != position + 1) {
                throw new IllegalStateException("position %d is missing from the trail".formatted(position + 1));
            }
            page.add(message);
            position = at;
        }
    }

    /** Without it, Axon's processors would look for new events twice a second only. */
    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        unwatch();
        Runnable told = () -> {
            try {
                callback.run();
            } catch (RejectedExecutionException stopped) {
                LOG.debug("a reader stops and is told of no more events", stopped);
            }
        };
        watcher = told;
        head.watch(told);
        return true;
    }

    @Override
    public void close() {
        closed = true;
        unwatch();
    }

    private void unwatch() {
        Runnable before = watcher;
        if (before != null) {
            head.unwatch(before);
        }
    }
}
