package io.promptaudit.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writers who write one thing after the other, each waiting for its answer.
 *
 * @param writers how many at once
 * @param duration how long they are measured
 */
record Load(int writers, Duration duration) {

    /** Runs the work again and again. Returns how often it was done in a second. */
    double run(Runnable work) throws ExecutionException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        var counts = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writers; i++) {
                counts.add(threads.submit(() -> {
                    int done = 0;
                    while (System.nanoTime() - end < 0) {
                        work.run();
                        done++;
                    }
                    return done;
                }));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long total = 0;
        for (Future<Integer> count : counts) {
            total += count.get();
        }
        return total / seconds;
    }
}
