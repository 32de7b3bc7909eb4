package io.promptaudit.server.trail;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.server.ledger.EventMac;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A row of the event table as another node of the server would insert it, in a transaction that the test holds. */
public record EventRow(StoredEvent event) {

    /** An event of revision 1, of an account that is an editor. */
    public static EventRow of(String id, String aggregate, long sequence, @Nullable String aggregateType, String type, Instant at,
            String payload, String account) {
        String metadata = "{\"account\":\"%s\",\"kind\":\"person\",\"roles\":\"editor\"}".formatted(account);
        return new EventRow(new StoredEvent(id, aggregate, sequence, aggregateType, "io.promptaudit.api.event." + type, "1",
                at.toString(), Bytes.of(payload.getBytes(UTF_8)), Bytes.of(metadata.getBytes(UTF_8))));
    }

    public void insert(Connection connection, EventMac mac) throws SQLException {
        insert(connection, mac.of(event.hash()));
    }

    /** With any code, or none. */
    public void insert(Connection connection, byte @Nullable [] mac) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("""
                insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                        payload_revision, time_stamp, payload, meta_data, mac) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            row.setString(1, event.eventId());
            row.setString(2, event.aggregateId());
            row.setLong(3, event.sequence());
            row.setString(4, event.aggregateType());
            row.setString(5, event.payloadType());
            row.setString(6, event.payloadRevision());
            row.setString(7, event.timestamp());
            row.setBytes(8, event.payload().toArray());
            row.setBytes(9, event.metadata().toArray());
            row.setBytes(10, mac);
            row.executeUpdate();
        }
    }
}
