package io.promptaudit.server.attacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tile.LedgerFolder;
import io.promptaudit.ledger.tile.TileWriter;
import io.promptaudit.ledger.tree.CompactRange;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What a forger does who knows the formats as well as we do. Ledgers here have fewer than 256 leaves, so no nodes. */
final class Forgery {
    private static final TreeHasher HASHER = new TreeHasher();
    private static final CompactRange.Completed NOBODY = (level, index, hashes, at) -> {};

    private Forgery() {}

    /** Changes what an event says, and makes its leaf fit. */
    static void edit(Connection superuser, String eventId, String from, String to) throws SQLException {
        rewrite(superuser, eventId, event -> new StoredEvent(event.eventId(), event.aggregateId(), event.sequence(),
                event.aggregateType(), event.payloadType(), event.payloadRevision(), event.timestamp(),
                Bytes.of(new String(event.payload().toArray(), UTF_8).replace(from, to).getBytes(UTF_8)), event.metadata()));
    }

    private static void rewrite(Connection superuser, String eventId, Function<StoredEvent, StoredEvent> change)
            throws SQLException {
        long position = position(superuser, eventId);
        StoredEvent changed = change.apply(event(superuser, eventId));
        try (PreparedStatement event = superuser.prepareStatement(
                "update domain_event set payload = ?, meta_data = ? where event_identifier = ?")) {
            event.setBytes(1, changed.payload().toArray());
            event.setBytes(2, changed.metadata().toArray());
            event.setString(3, eventId);
            event.executeUpdate();
        }
        byte[] entry = entry(changed, position);
        try (PreparedStatement leaf = superuser.prepareStatement(
                "update ledger_leaf set entry = ?, hash = ? where leaf_index = ?")) {
            leaf.setBytes(1, entry);
            leaf.setBytes(2, HASHER.leaf(entry).toArray());
            leaf.setLong(3, position - 1);
            leaf.executeUpdate();
        }
    }

    private static byte[] entry(StoredEvent event, long position) {
        return new EventLeaf(event.eventId(), position, Instant.parse(event.timestamp()), event.hash()).encode();
    }

    private static StoredEvent event(Connection superuser, String eventId) throws SQLException {
        try (PreparedStatement question = superuser.prepareStatement("""
                select event_identifier, aggregate_identifier, sequence_number, type, payload_type, payload_revision, time_stamp,
                       payload, meta_data from domain_event where event_identifier = ?""")) {
            question.setString(1, eventId);
            try (ResultSet row = question.executeQuery()) {
                row.next();
                return new StoredEvent(row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5),
                        row.getString(6), row.getString(7), Bytes.of(row.getBytes(8)), Bytes.of(row.getBytes(9)));
            }
        }
    }

    private static long position(Connection superuser, String eventId) throws SQLException {
        return number(superuser, "select p.position from event_position p join domain_event e on e.global_index = p.global_index"
                + " where e.event_identifier = '" + eventId + "'");
    }

    private static long number(Connection superuser, String sql) throws SQLException {
        try (var statement = superuser.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<byte[]> entries(Connection superuser) throws SQLException {
        var entries = new ArrayList<byte[]>();
        try (var statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("select entry from ledger_leaf order by leaf_index")) {
            while (row.next()) {
                entries.add(row.getBytes(1));
            }
        }
        return entries;
    }

    /** Makes every root that was written down follow from the leaves. */
    static void fitRoots(Connection superuser) throws SQLException {
        var range = new CompactRange();
        for (byte[] entry : entries(superuser)) {
            range.append(HASHER.leaf(entry).toArray(), 0, NOBODY);
            try (PreparedStatement root = superuser.prepareStatement("update ledger_checkpoint set root = ? where size = ?")) {
                root.setBytes(1, range.root().toArray());
                root.setLong(2, range.size());
                root.executeUpdate();
            }
        }
    }

    /** Gives an event the next position, a leaf and a root. */
    static void place(Connection superuser, StoredEvent event) throws SQLException {
        long position = number(superuser, "select max(position) + 1 from event_position");
        byte[] entry = entry(event, position);
        try (PreparedStatement row = superuser.prepareStatement("""
                insert into event_position (position, global_index)
                select ?, global_index from domain_event where event_identifier = ?""")) {
            row.setLong(1, position);
            row.setString(2, event.eventId());
            row.executeUpdate();
        }
        try (PreparedStatement leaf = superuser
                .prepareStatement("insert into ledger_leaf (leaf_index, entry, hash) values (?, ?, ?)")) {
            leaf.setLong(1, position - 1);
            leaf.setBytes(2, entry);
            leaf.setBytes(3, HASHER.leaf(entry).toArray());
            leaf.executeUpdate();
        }
        var range = new CompactRange();
        for (byte[] one : entries(superuser)) {
            range.append(HASHER.leaf(one).toArray(), 0, NOBODY);
        }
        try (PreparedStatement root = superuser.prepareStatement("insert into ledger_checkpoint (size, root) values (?, ?)")) {
            root.setLong(1, range.size());
            root.setBytes(2, range.root().toArray());
            root.executeUpdate();
        }
    }

    /** Whoever gives the next position waits for this transaction. */
    static void occupyNextPosition(Connection superuser) throws SQLException {
        try (var statement = superuser.createStatement()) {
            statement.execute(
                    "insert into event_position (position, global_index) select max(position) + 1, -1 from event_position");
        }
    }

    /** Has two events change places. */
    static void swap(Connection superuser, String one, String other) throws SQLException {
        long first = position(superuser, one);
        long second = position(superuser, other);
        long ofFirst = number(superuser, "select global_index from event_position where position = " + first);
        long ofSecond = number(superuser, "select global_index from event_position where position = " + second);
        try (var statement = superuser.createStatement()) {
            statement.execute("update event_position set global_index = -1 where position = " + first);
            statement.execute("update event_position set global_index = " + ofFirst + " where position = " + second);
            statement.execute("update event_position set global_index = " + ofSecond + " where position = " + first);
        }
    }

    /** Makes a ledger of the leaves as they are now, under the real key. */
    static void signAgain(Connection superuser, Path key, Path folder) throws SQLException, IOException {
        write(entries(superuser), Ed25519Signer.parse(Files.readAllLines(key, US_ASCII).getFirst()), folder);
    }

    /** The same ledger under a key of the same name that nobody trusts. */
    static Path signedWithAnotherKey(Path ledger, Path folder) throws IOException {
        Checkpoint signed = Checkpoint.parse(SignedNote.parse(Files.readAllBytes(ledger.resolve("checkpoint"))).text());
        var other = Ed25519Signer.generate(signed.origin(), new SecureRandom());
        Files.createDirectories(folder);
        Files.write(folder.resolve("checkpoint"), new SignedNote(signed.text(), List.of()).signedBy(other).encode());
        return folder;
    }

    private static void write(List<byte[]> entries, Ed25519Signer signer, Path folder) throws IOException {
        Files.createDirectories(folder);
        var ledger = new LedgerFolder(folder);
        var writer = new TileWriter(ledger);
        entries.forEach(writer::append);
        writer.flush();
        Checkpoint checkpoint = new Checkpoint(signer.key().name(), entries.size(), writer.root());
        Files.write(folder.resolve("checkpoint"), new SignedNote(checkpoint.text(), List.of()).signedBy(signer).encode());
    }

    static LedgerVerification verify(Path folder, TrustPolicy policy) {
        var verification = new LedgerVerification(new LedgerFolder(folder), policy);
        verification.verify(new LeafCheck(), (done, of) -> {});
        return verification;
    }
}
