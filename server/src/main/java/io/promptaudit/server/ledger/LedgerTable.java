package io.promptaudit.server.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.server.sequence.Unplaced;

/** Leaves, the roots above every 256 of them, and the tree's root at each checkpoint: rows that are only ever added. */
final class LedgerTable {
    private final JdbcTemplate db;

    /** An entry and its hash. */
    record Leaf(Bytes entry, Hash hash) {}

    /** The root of a complete subtree: the hash {@code index} in the tiles of this level, which is not 0. */
    record Node(int level, long index, Hash hash) {}

    LedgerTable(JdbcTemplate db) {
        this.db = db;
    }

    /** How many leaves there are. */
    long size() {
        Long size = db.queryForObject("select coalesce(max(leaf_index) + 1, 0) from ledger_leaf", Long.class);
        return size == null ? 0 : size;
    }

    /** How many positions were given. */
    long positions() {
        Long positions = db.queryForObject("select coalesce(max(position), 0) from event_position", Long.class);
        return positions == null ? 0 : positions;
    }

    /** The events at these positions, {@code end} excluded. */
    List<Unplaced> placed(long from, long end) {
        return db.query("""
                select e.global_index, e.event_identifier, e.time_stamp
                from event_position p join domain_event e on e.global_index = p.global_index
                where p.position >= ? and p.position < ? order by p.position""",
                (row, n) -> new Unplaced(row.getLong(1), row.getString(2), Instant.parse(row.getString(3))), from, end);
    }

    /** Whether nothing was ever given a position here. */
    boolean isNew() {
        return positions() == 0;
    }

    void addLeaves(List<Leaf> leaves, long first) {
        insert("insert into ledger_leaf (leaf_index, entry, hash) values (?, ?, ?)", leaves, (row, i) -> {
            row.setLong(1, first + i);
            row.setBytes(2, leaves.get(i).entry().toArray());
            row.setBytes(3, leaves.get(i).hash().toArray());
        });
    }

    void addNodes(List<Node> nodes) {
        insert("insert into ledger_node (tile_level, node_index, hash) values (?, ?, ?)", nodes, (row, i) -> {
            row.setInt(1, nodes.get(i).level());
            row.setLong(2, nodes.get(i).index());
            row.setBytes(3, nodes.get(i).hash().toArray());
        });
    }

    /** A size has one root for ever: adding another fails. */
    void addCheckpoint(long size, Hash root) {
        db.update("insert into ledger_checkpoint (size, root) values (?, ?)", size, root.toArray());
    }

    /** The root that was written down for a tree of this size, where a checkpoint was made of it. */
    Optional<Hash> rootAt(long size) {
        return db.query("select root from ledger_checkpoint where size = ?", (row, n) -> Hash.of(row.getBytes(1)), size).stream()
                .findFirst();
    }

    /**
     * Hashes of a tile, one behind the other.
     *
     * @throws MissingEvidence when one of them is not there
     */
    byte[] hashes(int level, long from, int count) {
        List<byte[]> found = level == 0
                ? db.query("select hash from ledger_leaf where leaf_index >= ? and leaf_index < ? order by leaf_index",
                        (row, n) -> row.getBytes(1), from, from + count)
                : db.query("""
                        select hash from ledger_node where tile_level = ? and node_index >= ? and node_index < ?
                        order by node_index""", (row, n) -> row.getBytes(1), level, from, from + count);
        requireAll(found.size(), count, "hashes of level " + level, from);
        byte[] hashes = new byte[count * Hash.LENGTH];
        for (int i = 0; i < count; i++) {
            System.arraycopy(found.get(i), 0, hashes, i * Hash.LENGTH, Hash.LENGTH);
        }
        return hashes;
    }

    /**
     * Entries, in order.
     *
     * @throws MissingEvidence when one of them is not there
     */
    List<byte[]> entries(long from, int count) {
        List<byte[]> found = db.query(
                "select entry from ledger_leaf where leaf_index >= ? and leaf_index < ? order by leaf_index",
                (row, n) -> row.getBytes(1), from, from + count);
        requireAll(found.size(), count, "entries", from);
        return found;
    }

    private static void requireAll(int found, int count, String what, long from) {
        if (found != count) {
            throw new MissingEvidence("the ledger has %d of the %d %s from %d on".formatted(found, count, what, from));
        }
    }

    private void insert(String sql, List<?> rows, Row row) {
        if (rows.isEmpty()) {
            return;
        }
        db.batchUpdate(sql, new BatchPreparedStatementSetter() {
            @Override
            public void setValues(PreparedStatement statement, int i) throws SQLException {
                row.set(statement, i);
            }

            @Override
            public int getBatchSize() {
                return rows.size();
            }
        });
    }

    @FunctionalInterface
    private interface Row {
        void set(PreparedStatement statement, int i) throws SQLException;
    }
}
