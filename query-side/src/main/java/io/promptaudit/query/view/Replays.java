package io.promptaudit.query.view;

import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings a generation that nobody reads close to the one that is read, in short transactions. */
@Component
class Replays {
    private static final long EVENTS_AT_ONCE = 500;
    private static final int ATTEMPTS = 20;

    private final StreamableMessageSource<TrackedEventMessage<?>> source;
    private final ViewHeads heads;
    private final ViewTasks tasks;
    private final TransactionTemplate transaction;

    Replays(StreamableMessageSource<TrackedEventMessage<?>> source, ViewHeads heads, ViewTasks tasks,
            PlatformTransactionManager transactions) {
        this.source = source;
        this.heads = heads;
        this.tasks = tasks;
        this.transaction = new TransactionTemplate(transactions);
    }

    Replay open(View view, int generation) {
        return new Replay(source, view, generation);
    }

    /** Returns when less than one transaction's worth of events separated the generation from the head. */
    void catchUp(View view, Replay replay) {
        boolean close = false;
        while (!close) {
            long target = heads.read(view.name()).position();
            close = target - replay.position() < EVENTS_AT_ONCE;
            while (replay.position() < target) {
                tasks.beat(view.name());
                transaction.executeWithoutResult(_ -> replay.advance(target, EVENTS_AT_ONCE));
            }
        }
    }

    /**
     * Runs the last step while the head stands still and the generation has caught up with it. Tries again when the head's lock was
     * not to be had; the step may then run again, after what it did was rolled back.
     */
    void atHead(View view, Replay replay, Runnable step) {
        for (int attempt = 1;; attempt++) {
            catchUp(view, replay);
            long caughtUp = replay.position();
            try {
                transaction.executeWithoutResult(_ -> {
                    long head = heads.lock(view.name()).position();
                    replay.advance(head, Long.MAX_VALUE);
                    tasks.beat(view.name());
                    step.run();
                });
                return;
            } catch (TransientDataAccessException busy) {
                if (replay.position() != caughtUp || attempt == ATTEMPTS) {
                    throw busy;
                }
            }
        }
    }
}
