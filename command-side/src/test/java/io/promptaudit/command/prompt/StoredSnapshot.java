package io.promptaudit.command.prompt;

import java.time.Instant;

import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;

/** A snapshot as a row of the table holds it. */
record StoredSnapshot(DomainEventMessage<?> message, Serializer serializer) implements DomainEventData<byte[]> {
    @Override
    public String getType() {
        return message.getType();
    }

    @Override
    public String getAggregateIdentifier() {
        return message.getAggregateIdentifier();
    }

    @Override
    public long getSequenceNumber() {
        return message.getSequenceNumber();
    }

    @Override
    public String getEventIdentifier() {
        return message.getIdentifier();
    }

    @Override
    public Instant getTimestamp() {
        return message.getTimestamp();
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return serializer.serialize(MetaData.emptyInstance(), byte[].class);
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return serializer.serialize(message.getPayload(), byte[].class);
    }
}
