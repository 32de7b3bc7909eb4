package io.promptaudit.command.trail;

import java.util.Optional;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.Message;

import io.promptaudit.api.event.AlertCleared;
import io.promptaudit.api.event.AlertRaised;
import io.promptaudit.api.event.ServerEvent;

/**
 * Puts on record what is wrong with something that protects or proves the trail: once when it is found, again when it changes, and
 * once when it is over, whatever restarts in between. Each alert has a stream of its own, whose last event says how it stands.
 */
public final class Alerts {
    private static final String TYPE = "Alert";
    private static final String STREAM = "server:alert:";

    private final ServerJournal journal;

    /** Writes to {@code journal}. */
    public Alerts(ServerJournal journal) {
        this.journal = journal;
    }

    /**
     * Records what is wrong, unless that is on record.
     *
     * @param alert what is watched: a stable id of {@code a-z} and hyphens
     * @param detail what is wrong, in plain words, without secrets and prompts' texts
     * @return whether it was not on record
     * @throws TrailUnavailable when nothing can be recorded
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    public boolean raise(String alert, String detail) {
        var last = journal.last(STREAM + alert);
        var raised = new AlertRaised(alert, detail);
        if (last.map(Message::getPayload).filter(raised::equals).isPresent()) {
            return false;
        }
        append(alert, last, raised);
        return true;
    }

    /**
     * Records that nothing is wrong any more, if something was.
     *
     * @return whether something was
     * @throws TrailUnavailable when nothing can be recorded
     * @throws OutcomeUnknown when the event was written but could not be made durable in time
     */
    public boolean clear(String alert) {
        var last = journal.last(STREAM + alert);
        if (last.map(Message::getPayload).filter(AlertRaised.class::isInstance).isEmpty()) {
            return false;
        }
        append(alert, last, new AlertCleared(alert));
        return true;
    }

    private void append(String alert, Optional<DomainEventMessage<?>> last, ServerEvent event) {
        journal.append(TYPE, STREAM + alert, last.map(DomainEventMessage::getSequenceNumber).orElse(-1L) + 1, event);
    }
}
