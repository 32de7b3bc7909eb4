package io.promptaudit.query.view;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.stereotype.Component;

import io.promptaudit.api.event.TrailEvent;

/**
 * Brings live events into a view. One unit of work locks the view's head once, takes in its events without a gap, and moves the
 * head on before it commits, so that rows and position are true together.
 */
@Component
public class Follower {
    private final ViewHeads heads;

    Follower(ViewHeads heads) {
        this.heads = heads;
    }

    /**
     * Takes in an event that the view does not have yet; one it has is passed over.
     *
     * @throws IllegalStateException when events between the view's head and this one are missing
     */
    public void follow(View view, TrailEvent event, EventMessage<?> message, TrackingToken token) {
        var occurrence = Occurrence.of(event, message, token);
        var batch = CurrentUnitOfWork.get().root().getOrComputeResource("view:" + view.name(), _ -> begin(view));
        if (occurrence.position() <= batch.position) {
            return;
        }
        if (occurrence.position() != batch.position + 1) {
            throw new IllegalStateException("the view %s is at position %d and was given %d".formatted(view.name(),
                    batch.position, occurrence.position()));
        }
        view.apply(occurrence, batch.generation);
        batch.position = occurrence.position();
    }

    private Batch begin(View view) {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        var batch = new Batch(heads.lock(view.name()));
        work.onPrepareCommit(_ -> {
            if (batch.position > batch.start) {
                heads.advance(view.name(), batch.position);
            }
        });
        work.afterCommit(_ -> heads.moved());
        return batch;
    }

    /** The state of one unit of work. */
    private static final class Batch {
        private final int generation;
        private final long start;
        private long position;

        Batch(ViewHeads.Head head) {
            generation = head.generation();
            start = head.position();
            position = head.position();
        }
    }
}
