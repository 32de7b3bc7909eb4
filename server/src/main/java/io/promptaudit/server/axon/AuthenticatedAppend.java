package io.promptaudit.server.axon;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.AppendEventsStatementBuilder;
import org.axonframework.eventsourcing.eventstore.jdbc.statements.TimestampWriter;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.server.ledger.EventMac;

/** Writes events as Axon does, and beside each the code that says it was written here. */
final class AuthenticatedAppend implements AppendEventsStatementBuilder {
    private final EventMac mac;

    AuthenticatedAppend(EventMac mac) {
        this.mac = mac;
    }

    @Override
    public PreparedStatement build(Connection connection, EventSchema schema, Class<?> type,
            List<? extends EventMessage<?>> events, Serializer serializer, TimestampWriter timestamps) throws SQLException {
        PreparedStatement insert = connection.prepareStatement("insert into " + schema.domainEventTable()
                + " (event_identifier, aggregate_identifier, sequence_number, type, payload_type, payload_revision, time_stamp,"
                + " payload, meta_data, mac) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (EventMessage<?> event : events) {
            set(insert, stored(event, serializer));
            insert.addBatch();
        }
        return insert;
    }

    private void set(PreparedStatement insert, StoredEvent event) throws SQLException {
        insert.setString(1, event.eventId());
        insert.setString(2, event.aggregateId());
        insert.setLong(3, event.sequence());
        insert.setString(4, event.aggregateType());
        insert.setString(5, event.payloadType());
        insert.setString(6, event.payloadRevision());
        insert.setString(7, event.timestamp());
        insert.setBytes(8, event.payload().toArray());
        insert.setBytes(9, event.metadata().toArray());
        insert.setBytes(10, mac.of(event.hash()));
    }

    private static StoredEvent stored(EventMessage<?> message, Serializer serializer) {
        DomainEventMessage<?> event = message instanceof DomainEventMessage<?> domain ? domain : ofItsOwn(message);
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        SerializedObject<byte[]> metadata = event.serializeMetaData(serializer, byte[].class);
        return new StoredEvent(event.getIdentifier(), event.getAggregateIdentifier(), event.getSequenceNumber(), event.getType(),
                payload.getType().getName(), payload.getType().getRevision(), DateTimeUtils.formatInstant(event.getTimestamp()),
                Bytes.of(payload.getData()), Bytes.of(metadata.getData()));
    }

    /** What belongs to no aggregate is the first and only event of a stream with its own id. */
    @SuppressWarnings("NullAway")
    private static <T> DomainEventMessage<T> ofItsOwn(EventMessage<T> event) {
        return new GenericDomainEventMessage<>(null, event.getIdentifier(), 0L, event, event::getTimestamp);
    }
}
