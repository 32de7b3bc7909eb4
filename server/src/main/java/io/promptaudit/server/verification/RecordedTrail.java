package io.promptaudit.server.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.tile.TilePath;

/** Reads what the tables of the trail have, whether or not it belongs there. */
final class RecordedTrail {
    private static final String SIZE = "(select coalesce(max(position), 0) from event_position)";
    /** More leaves than a tree of 2^63 can have are not below this one. */
    private static final int HIGHEST_LEVEL = 7;

    private final JdbcTemplate db;

    RecordedTrail(JdbcTemplate db) {
        this.db = db;
    }

    /** What stands at these positions, as far as there is anything. */
    Map<Long, RecordedEvent> events(long first, long last) {
        var found = new HashMap<Long, RecordedEvent>();
        db.query("""
                select p.position, e.event_identifier, e.aggregate_identifier, e.sequence_number, e.type, e.payload_type,
                       e.payload_revision, e.time_stamp, e.payload, e.meta_data, b.position
                from event_position p
                left join domain_event e on e.global_index = p.global_index
                left join domain_event f
                       on f.aggregate_identifier = e.aggregate_identifier and f.sequence_number = e.sequence_number - 1
                left join event_position b on b.global_index = f.global_index
                where p.position between ? and ?""",
                row -> {
                    found.put(row.getLong(1), new RecordedEvent(row.getString(2) == null ? null : event(row),
                            row.getObject(11, Long.class)));
                }, first, last);
        return found;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(row.getString(2), row.getString(3), row.getLong(4), row.getString(5), row.getString(6),
                row.getString(7), row.getString(8), Bytes.of(row.getBytes(9)), Bytes.of(row.getBytes(10)));
    }

    /** The leaves of these positions, as far as there are any. */
    Map<Long, RecordedLeaf> leaves(long first, long last) {
        var found = new HashMap<Long, RecordedLeaf>();
        db.query("select leaf_index + 1, entry, hash from ledger_leaf where leaf_index between ? and ?", row -> {
            found.put(row.getLong(1), new RecordedLeaf(Bytes.of(row.getBytes(2)), Bytes.of(row.getBytes(3))));
        }, first - 1, last - 1);
        return found;
    }

    /** The roots that were written down for trees of these sizes. */
    Map<Long, Bytes> roots(long first, long last) {
        var found = new HashMap<Long, Bytes>();
        db.query("select size, root from ledger_checkpoint where size between ? and ?", row -> {
            found.put(row.getLong(1), Bytes.of(row.getBytes(2)));
        }, first, last);
        return found;
    }

    Optional<Bytes> node(int level, long index) {
        return db.query("select hash from ledger_node where tile_level = ? and node_index = ?",
                (row, n) -> Bytes.of(row.getBytes(1)), level, index).stream().findFirst();
    }

    /** Rows that belong to no position, one of each kind, in words. Each is asked for at once, because the trail grows meanwhile. */
    List<String> surplus() {
        var found = new ArrayList<String>();
        find(found, "there is the position ", "select min(position) from event_position where position < 1");
        find(found, "no position belongs to the leaf ",
                "select min(leaf_index) from ledger_leaf where leaf_index < 0 or leaf_index >= " + SIZE);
        find(found, "there is a root of a tree of the size ",
                "select min(size) from ledger_checkpoint where size < 0 or size > " + SIZE);
        find(found, "there are nodes of the level ",
                "select min(tile_level) from ledger_node where tile_level not between 1 and " + HIGHEST_LEVEL);
        for (int level = 1; level <= HIGHEST_LEVEL; level++) {
            long leaves = 1L << (TilePath.HEIGHT * level);
            find(found, "no leaves belong to the node of the level %d with the index ".formatted(level),
                    "select min(node_index) from ledger_node where tile_level = %d and (node_index < 0 or node_index >= %s / %d)"
                            .formatted(level, SIZE, leaves));
        }
        return found;
    }

    private void find(List<String> into, String what, String sql) {
        Long found = db.queryForObject(sql, Long.class);
        if (found != null) {
            into.add(what + found);
        }
    }
}
