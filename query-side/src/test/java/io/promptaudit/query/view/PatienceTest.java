package io.promptaudit.query.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PatienceTest {
    private final AtomicLong reached = new AtomicLong(10);
    private final Patience patience = new Patience(Duration.ofHours(1), () -> 20);

    @Test
    void lastsForManyUntilTheViewHasWhatIsThere() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<?>>();
            for (int reader = 0; reader < 50; reader++) {
                readers.add(waiting(threads, 20));
            }
            reached.set(20);
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    /** A reader holds a connection while it waits, and anybody can invent a position. */
    @Test
    void lastsForFewWhereNobodyKnowsThePosition() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<?>>();
            for (int reader = 0; reader < 4; reader++) {
                readers.add(waiting(threads, 21));
            }
            assertThatThrownBy(() -> patience.await("view", 21L, reached::get)).isInstanceOf(ViewBehind.class);
            patience.await("view", 10L, reached::get);
            reached.set(21);
            for (Future<?> reader : readers) {
                reader.get();
            }
            patience.await("view", 21L, reached::get);
        }
    }

    /** A reader that waits by now: who looks a second time does. */
    private Future<?> waiting(ExecutorService threads, long position) throws InterruptedException {
        var looks = new CountDownLatch(2);
        var reader = threads.submit(() -> patience.await("view", position, () -> {
            looks.countDown();
            return reached.get();
        }));
        looks.await();
        return reader;
    }
}
