package io.promptaudit.server.sequence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

import io.promptaudit.command.trail.OutcomeUnknown;
import io.promptaudit.command.trail.Sequence;
import io.promptaudit.command.trail.TrailUnavailable;
import io.promptaudit.server.database.Durability;

/**
 * Gives committed events their positions: dense, from 1, never reused, and only once an event is on disk. One force makes a
 * group's events durable and the positions of the group before; only then anyone may see those. So a group of writers shares
 * its forces, and a position that a crash could take back was never shown.
 *
 * <p>A transaction may commit behind others that took later indices. Indices that were skipped are remembered and asked for
 * in every pass; the anti-join over the whole table, at the start and every minute, finds what even that could miss.
 */
public final class Sequencer implements Sequence, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int GROUP = 1000;
    private static final int REMEMBERED_GAPS = 1000;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FULL_SEARCH = Duration.ofMinutes(1);
    /** Sequencing stops after everything that writes, and before the database closes. */
    public static final int PHASE = Integer.MIN_VALUE + 1000;

    private final PositionTable table;
    private final Durability durability;
    private final Duration timeout;
    private final Head head;
    private final Ledger ledger;
    private final Semaphore work = new Semaphore(0);
    private final Map<String, CompletableFuture<Positioned>> waiting = new ConcurrentHashMap<>();
    private final Cache<String, Positioned> recent = Caffeine.newBuilder().maximumSize(20_000).build();
    private final TreeSet<Long> gaps = new TreeSet<>();
    /** Events that are on disk and have no position yet. */
    private final List<Unplaced> durable = new ArrayList<>();
    /** Events whose positions are written and not yet forced to disk. */
    private final List<Unplaced> placed = new ArrayList<>();
    private boolean inStep;
    private long highest;
    private long next;
    private long nextFullSearch;
    private volatile @Nullable Throwable failure;
    private volatile boolean running;
    private @Nullable Thread thread;

    Sequencer(PositionTable table, Durability durability, Head head, Ledger ledger, Duration timeout) {
        this.table = table;
        this.durability = durability;
        this.head = head;
        this.ledger = ledger;
        this.timeout = timeout;
    }

    @Override
    public Positioned await(String eventId) {
        var answer = waiting.computeIfAbsent(eventId, id -> new CompletableFuture<>());
        try {
            Positioned known = recent.getIfPresent(eventId);
            if (known != null) {
                return known;
            }
            work.release();
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return foundInTheEnd(eventId).orElseThrow(() -> new OutcomeUnknown(
                    "the event was written, but not known to be durable within " + timeout.toMillis() + " ms", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("the server stops; whether the event is durable is not known", e);
        } finally {
            waiting.remove(eventId);
        }
    }

    private Optional<Positioned> foundInTheEnd(String eventId) {
        try {
            return find(eventId);
        } catch (DataAccessException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Positioned> find(String eventId) {
        return table.find(eventId, head.position());
    }

    @Override
    public long head() {
        return head.position();
    }

    @Override
    public void requireAccepting() {
        requireDurability();
        ledger.requireSealing();
    }

    @Override
    public void requireDurability() {
        Throwable cause = failure;
        if (cause != null || !running) {
            String reason = cause instanceof LedgerDamaged
                    ? String.valueOf(cause.getMessage())
                    : "events cannot be made durable now";
            throw new TrailUnavailable(reason + "; nothing changed", cause);
        }
    }

    /** Why events get no positions now, or null when they do. */
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void start() {
        try {
            while (pass()) {
                // Everything committed before the last stop has its position before anyone asks.
            }
        } catch (LedgerDamaged e) {
            // It can be read, and tells what is wrong.
            LOG.error("Events get no positions: writes stop until this is repaired", e);
            failure = e;
        }
        running = true;
        thread = Thread.ofPlatform().name("sequencer").start(this::run);
    }

    private void run() {
        while (running) {
            try {
                if (!pass()) {
                    boolean woken = work.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                    if (woken) {
                        work.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                running = false;
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        }
    }

    private void failed(Throwable cause) {
        if (failure == null) {
            LOG.error("Events get no positions: writes stop until this is repaired", cause);
        }
        failure = cause;
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /**
     * Places the group that the last pass made durable, and makes the next one durable with the same force: an event is on disk
     * before its position is written, and a busy trail still needs one force for each group. False when nothing waited.
     */
    private boolean pass() {
        if (!inStep) {
            getInStep();
        }
        if (!durable.isEmpty() && !place(List.copyOf(durable))) {
            return true;
        }
        List<Unplaced> found = search();
        if (found.isEmpty() && placed.isEmpty()) {
            // Another sequencer may have been faster: its positions are seen here too, and its groups waited for.
            inStep = table.head() == next - 1;
            answerPlaced();
            if (inStep) {
                failure = null;
            }
            return !inStep;
        }
        durability.force();
        publish();
        durable.addAll(found);
        rememberGaps(found);
        return true;
    }

    /** Whatever is in the table is forced, then counted as given: at the start, and when the outcome of a pass is not known. */
    private void getInStep() {
        durability.force();
        next = table.head() + 1;
        highest = table.highestIndex();
        nextFullSearch = System.nanoTime();
        head.moveTo(next - 1);
        ledger.follow(next - 1);
        durability.force();
        ledger.durable();
        inStep = true;
        answerPlaced();
    }

    /** Tells those who wait for an event that has its position already. */
    private void answerPlaced() {
        waiting.forEach((event, waiter) -> find(event).ifPresent(waiter::complete));
    }

    /** False when another sequencer was faster. */
    private boolean place(List<Unplaced> events) {
        // Until it returns, the outcome of the commit is not known; the table then tells, and the search finds the rest again.
        inStep = false;
        durable.clear();
        try {
            table.place(events, next, ledger);
        } catch (DuplicateKeyException e) {
            if (table.head() < next) {
                throw new LedgerDamaged("the ledger has a row already of what is only to come: somebody inserted it", e);
            }
            return false;
        }
        inStep = true;
        failure = null;
        placed.addAll(events);
        return true;
    }

    private List<Unplaced> search() {
        boolean full = System.nanoTime() - nextFullSearch >= 0;
        List<Unplaced> found = full ? table.everyUnplaced(GROUP) : table.unplacedAfter(highest, gaps, GROUP);
        if (full && found.size() < GROUP) {
            nextFullSearch = System.nanoTime() + FULL_SEARCH.toNanos();
        }
        return found;
    }

    private void rememberGaps(List<Unplaced> events) {
        for (Unplaced event : events) {
            gaps.remove(event.index());
            for (long skipped = highest + 1; skipped < event.index() && gaps.size() < REMEMBERED_GAPS; skipped++) {
                gaps.add(skipped);
            }
            highest = Math.max(highest, event.index());
        }
    }

    private void publish() {
        if (placed.isEmpty()) {
            return;
        }
        long last = next + placed.size() - 1;
        // The head moves first: whoever learns a position may read up to it at once.
        head.moveTo(last);
        ledger.durable();
        for (Unplaced event : placed) {
            var position = new Positioned(next++, event.recordedAt());
            recent.put(event.eventId(), position);
            CompletableFuture<Positioned> waiter = waiting.get(event.eventId());
            if (waiter != null) {
                waiter.complete(position);
            }
        }
        placed.clear();
    }

    @Override
    public void stop() {
        running = false;
        Thread current = thread;
        if (current != null) {
            work.release();
            try {
                current.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
