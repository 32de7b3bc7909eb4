package io.promptaudit.query.view;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.promptaudit.api.query.ProjectionView.Rebuild;
import io.promptaudit.api.query.ProjectionView.Reconciliation;

/** Rebuilds and compares views in the background, and compares them all once after the start. */
@Component
class ViewJobs implements SmartLifecycle {
    static final String REBUILDING = "rebuilding";
    static final String RECONCILING = "reconciling";
    private static final Logger LOG = LoggerFactory.getLogger(ViewJobs.class);
    private static final int SECONDS_BETWEEN_CLAIMS = 5;
    private static final int SECONDS_TO_STOP = 20;

    private final List<View> views;
    private final ViewTasks tasks;
    private final Rebuilds rebuilds;
    private final Reconciliations reconciliations;
    private final InstantSource clock = InstantSource.system();
    private @Nullable ExecutorService threads;
    private CountDownLatch stopping = new CountDownLatch(1);

    ViewJobs(List<View> views, ViewTasks tasks, Rebuilds rebuilds, Reconciliations reconciliations) {
        this.views = List.copyOf(views);
        this.tasks = tasks;
        this.rebuilds = rebuilds;
        this.reconciliations = reconciliations;
    }

    /** Has the view built anew, unless somebody works on it already. */
    void rebuild(View view) {
        if (tasks.claim(view.name(), REBUILDING)) {
            var started = now();
            tasks.report(view.name(), new Rebuild("running", started, null, null, null));
            run(() -> rebuildNow(view, started));
        }
    }

    /** Has the view compared with the events, unless somebody works on it already. */
    void reconcile(View view) {
        if (tasks.claim(view.name(), RECONCILING)) {
            run(() -> reconcileNow(view));
        }
    }

    private synchronized void run(Runnable job) {
        if (threads == null) {
            throw new IllegalStateException("the views' jobs are not running");
        }
        threads.execute(job);
    }

    private void rebuildNow(View view, Instant started) {
        try {
            long position = rebuilds.rebuild(view);
            tasks.report(view.name(), new Rebuild("done", started, now(), position, null));
        } catch (CancellationException _) {
            leftRunning("Rebuilding", view);
        } catch (RuntimeException failure) {
            warn("Rebuilding", view, failure);
            tasks.report(view.name(), new Rebuild("failed", started, now(), null, named(failure)));
        } finally {
            tasks.release(view.name());
        }
    }

    /** True unless the view was found to agree with the events, or the work was ended early. */
    private boolean reconcileNow(View view) {
        var started = now();
        try {
            tasks.report(view.name(), new Reconciliation("running", started, null, null, 0, List.of(), null));
            var result = reconciliations.reconcile(view);
            if (result.found() > 0) {
                LOG.error("{} rows of the view {} differ from what the events make; GET /api/v1/projections lists them",
                        result.found(), view.name());
            }
            tasks.report(view.name(), new Reconciliation(result.found() == 0 ? "agrees" : "differs", started, now(),
                    result.position(), result.found(), result.differences(), null));
            return result.found() > 0;
        } catch (CancellationException _) {
            leftRunning("Comparing", view);
            return false;
        } catch (RuntimeException failure) {
            warn("Comparing", view, failure);
            tasks.report(view.name(), new Reconciliation("failed", started, now(), null, 0, List.of(), named(failure)));
            return true;
        } finally {
            tasks.release(view.name());
        }
    }

    /** The report says so still, and without a lease that is read as a server that stopped. */
    private static void leftRunning(String what, View view) {
        LOG.info("{} the view {} ends before it is done", what, view.name());
    }

    /** Names the kind of failure only: a database's message may quote a row, and rows hold prompts. */
    private static String named(Throwable failure) {
        return failure.getCause() == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + " caused by " + failure.getCause().getClass().getSimpleName();
    }

    private static void warn(String what, View view, RuntimeException failure) {
        LOG.error("{} the view {} failed: {}", what, view.name(), named(failure));
    }

    /**
     * Compares all views, which first removes what a crash left, and builds anew those that do not agree, or cannot be compared.
     * A process that died keeps its lease for a minute.
     */
    private void reconcileAll(CountDownLatch stopped) {
        try {
            for (var view : views) {
                while (!tasks.claim(view.name(), RECONCILING)) {
                    if (stopped.await(SECONDS_BETWEEN_CLAIMS, TimeUnit.SECONDS)) {
                        return;
                    }
                }
                if (reconcileNow(view) && stopped.getCount() > 0) {
                    LOG.error("The view {} is built anew", view.name());
                    rebuild(view);
                }
                if (stopped.getCount() == 0) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void start() {
        tasks.resume();
        // Platform threads: a virtual one that holds a lock may wait long for a turn while readers keep every carrier busy.
        threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("view-job-", 1).daemon().factory());
        var stopped = new CountDownLatch(1);
        stopping = stopped;
        threads.execute(() -> reconcileAll(stopped));
    }

    @Override
    public synchronized void stop() {
        tasks.stop();
        stopping.countDown();
        if (threads == null) {
            return;
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.warn("Work on a view goes on while the server stops");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        threads = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return threads != null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
