package io.promptaudit.query.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.query.gate.Sight;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.query.view.Patience;
import io.promptaudit.query.view.ViewBehind;

/** The events of a prompt, read from the event store. */
public final class PromptEvents {
    private static final int ROWS_AT_ONCE = 100;

    private final EventTable table;
    private final Serializer serializer;
    private final EventUpcaster upcaster;
    private final LongSupplier head;
    private final Patience patience;

    /**
     * @param serializer the one that events are written with
     * @param upcaster brings events of older revisions up to date
     * @param head the last position that is known to be durable
     * @param patience with which readers wait for an event
     */
    public PromptEvents(JdbcClient db, Serializer serializer, EventUpcaster upcaster, LongSupplier head, Patience patience) {
        this.table = new EventTable(db, head);
        this.serializer = serializer;
        this.upcaster = upcaster;
        this.head = head;
        this.patience = patience;
    }

    /**
     * Returns once the event at this position can be read, which may have been recorded through another server.
     *
     * @param position null asks for nothing
     * @throws ViewBehind when it still cannot in time
     */
    public void await(@Nullable Long position) {
        patience.await("events", position, head);
    }

    /**
     * The number of the last event of a prompt.
     *
     * @throws io.promptaudit.api.UnknownThing when there is no such prompt
     */
    public long last(String prompt) {
        long last = table.last(prompt);
        if (last < 0) {
            throw Sight.unknownPrompt(prompt);
        }
        return last;
    }

    /**
     * Hands the events to the visitor in order, until it answers false.
     *
     * @param from the first number
     * @param to the last number, inclusive
     * @throws IllegalStateException when the store lacks one of them
     */
    public void visit(String prompt, long from, long to, Predicate<RecordedEvent> visitor) {
        long expected = from;
        while (expected <= to) {
            var rows = table.rows(prompt, expected, Math.min(to, expected + ROWS_AT_ONCE - 1), (row, _) -> event(row));
            for (Row row : rows) {
                if (row.sequence != expected++) {
                    throw new IllegalStateException(
                            "event %d of prompt \"%s\" is missing from the store".formatted(expected - 1, prompt));
                }
                for (RecordedEvent event : row.events) {
                    if (!visitor.test(event)) {
                        return;
                    }
                }
            }
            if (rows.isEmpty()) {
                throw new IllegalStateException(
                        "event %d of prompt \"%s\" is missing from the store".formatted(expected, prompt));
            }
        }
    }

    /** The number of the last event not later than this moment, or -1 when all are later. */
    long lastUntil(String prompt, Instant moment) {
        var times = table.times(prompt).reversed();
        return times.stream().filter(event -> !DateTimeUtils.parseInstant(event.time()).isAfter(moment)).findFirst()
                .map(EventTable.Time::sequence).orElse(-1L);
    }

    EventTable table() {
        return table;
    }

    private Row event(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence_number");
        long position = row.getLong("position");
        var entry = new GenericDomainEventEntry<>(row.getString("type"), "prompt", sequence,
                row.getString("event_identifier"), row.getString("time_stamp"), row.getString("payload_type"),
                row.getString("payload_revision"), row.getBytes("payload"), row.getBytes("meta_data"));
        var data = new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(position), entry);
        var events = new ArrayList<RecordedEvent>();
        EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(data), serializer, upcaster)
                .forEach(message -> events.add(recorded(message, sequence)));
        return new Row(sequence, events);
    }

    private static RecordedEvent recorded(TrackedEventMessage<?> message, long sequence) {
        if (!(message.getPayload() instanceof PromptEvent event)) {
            throw new IllegalStateException(
                    "event %s is of a type that this version does not know".formatted(message.getIdentifier()));
        }
        return new RecordedEvent(event, sequence, Occurrence.of(event, message, message.trackingToken()));
    }

    /** One row, upcast: usually one event. */
    private record Row(long sequence, List<RecordedEvent> events) {}
}
