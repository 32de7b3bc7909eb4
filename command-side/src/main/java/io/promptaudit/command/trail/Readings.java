package io.promptaudit.command.trail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.Caller;
import io.promptaudit.api.event.ContentRead;

/**
 * Puts on record who is given which content. One thread writes, all that waits at a time in one transaction, so that many readers
 * share a sync and none of them holds a connection meanwhile.
 */
public final class Readings {
    private static final int MOST_AT_ONCE = 500;
    private static final String NOT_RECORDED = "the read cannot be put on record now, so nothing is shown";

    private final EventBus events;
    private final TransactionManager transactions;
    private final Sequence sequence;
    private final Attribution attribution;
    private final Executor writer;
    private final Duration timeout;
    private final Queue<Reading> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param writer runs one task at a time
     * @param timeout how long a reader waits for the writer
     */
    public Readings(EventBus events, TransactionManager transactions, Sequence sequence,
            Attribution attribution, Executor writer, Duration timeout) {
        this.events = events;
        this.transactions = transactions;
        this.sequence = sequence;
        this.attribution = attribution;
        this.writer = writer;
        this.timeout = timeout;
    }

    private record Reading(List<EventMessage<ContentRead>> reads, Caller reader, RequestContext context,
            CompletableFuture<@Nullable Void> written) {}

    /**
     * Returns once everything read is on record and durable. A read that failed may be on record all the same; none is given that
     * is not.
     *
     * @param reads at least one
     * @throws TrailUnavailable when it cannot be put on record, or not in time
     */
    public void record(List<ContentRead> reads, Caller reader, RequestContext context) {
        sequence.requireAccepting();
        List<EventMessage<ContentRead>> messages = reads.stream()
                .<EventMessage<ContentRead>>map(read -> new GenericEventMessage<>(read, MetaData.emptyInstance())).toList();
        var reading = new Reading(messages, reader, context, new CompletableFuture<>());
        waiting.add(reading);
        try {
            writer.execute(this::writeWaiting);
            reading.written().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            sequence.await(messages.getLast().getIdentifier());
        } catch (RejectedExecutionException | ExecutionException | TimeoutException | OutcomeUnknown e) {
            throw new TrailUnavailable(NOT_RECORDED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrailUnavailable(NOT_RECORDED, e);
        }
    }

    private void writeWaiting() {
        var group = new ArrayList<Reading>();
        for (Reading next = waiting.poll(); next != null; next = group.size() < MOST_AT_ONCE ? waiting.poll() : null) {
            group.add(next);
        }
        try {
            write(group);
            group.forEach(reading -> reading.written().complete(null));
        } catch (RuntimeException | Error e) {
            group.forEach(reading -> reading.written().completeExceptionally(e));
        }
    }

    private void write(List<Reading> group) {
        if (group.isEmpty()) {
            // Those that this was asked to write went with the group before.
            return;
        }
        var unitOfWork = DefaultUnitOfWork.startAndGet(null);
        unitOfWork.attachTransaction(transactions);
        unitOfWork.execute(() -> group.forEach(this::publish));
    }

    private void publish(Reading reading) {
        var attributed = attribution.of(reading.reader(), reading.context());
        events.publish(reading.reads().stream().map(read -> read.andMetaData(attributed)).toList());
    }
}
