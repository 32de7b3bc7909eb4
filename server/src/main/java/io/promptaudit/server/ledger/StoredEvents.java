package io.promptaudit.server.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.tree.Hash;

/** Reads events as they lie in the store, byte for byte. */
public final class StoredEvents {
    /** Events read at once: each may have a mebibyte. */
    public static final int PORTION = 16;

    private final JdbcTemplate db;

    StoredEvents(JdbcTemplate db) {
        this.db = db;
    }

    /** What identifies an event, and what says that it was written here: null for events of earlier releases. */
    record Event(Hash hash, @Nullable Bytes mac) {}

    /**
     * The events with these indices, in the same order.
     *
     * @throws MissingEvidence when one of them is not there
     */
    List<Event> read(List<Long> indices) {
        var events = new ArrayList<Event>(indices.size());
        for (int from = 0; from < indices.size(); from += PORTION) {
            List<Long> portion = indices.subList(from, Math.min(from + PORTION, indices.size()));
            Map<Long, Row> found = rows(portion);
            for (Long index : portion) {
                Row row = found.get(index);
                if (row == null) {
                    throw new MissingEvidence("the event store has no event with the index " + index);
                }
                events.add(new Event(row.event().hash(), row.mac()));
            }
        }
        return events;
    }

    /** An event whole, and the code beside it. */
    private record Row(StoredEvent event, @Nullable Bytes mac) {}

    /**
     * The events with these indices, those that are there, whole in memory.
     *
     * @param indices at least one, and {@value #PORTION} at most
     */
    public Map<Long, StoredEvent> whole(List<Long> indices) {
        var whole = new HashMap<Long, StoredEvent>();
        rows(indices).forEach((index, row) -> whole.put(index, row.event()));
        return whole;
    }

    private Map<Long, Row> rows(List<Long> indices) {
        var found = new HashMap<Long, Row>();
        db.query("""
                select global_index, event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                       payload_revision, time_stamp, payload, meta_data, mac
                from domain_event where global_index in (""" + String.join(",", Collections.nCopies(indices.size(), "?")) + ")",
                row -> {
                    found.put(row.getLong(1), new Row(
                            new StoredEvent(row.getString(2), row.getString(3), row.getLong(4), row.getString(5),
                                    row.getString(6), row.getString(7), row.getString(8), Bytes.of(row.getBytes(9)),
                                    Bytes.of(row.getBytes(10))),
                            mac(row.getBytes(11))));
                }, indices.toArray());
        return found;
    }

    private static @Nullable Bytes mac(byte @Nullable [] bytes) {
        return bytes == null ? null : Bytes.of(bytes);
    }
}
