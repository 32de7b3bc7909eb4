package io.promptaudit.server.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What the database file of a server holds, read through JDBC and none of the server's code. A copy is read, so that nothing
 * is repaired in the file itself; that works for a server that was killed, too.
 *
 * @param events all events, in the order of the store
 * @param answers the event behind each Idempotency-Key
 * @param snapshots how many snapshots there are
 * @param schedules those that are pending
 */
record TrailFile(List<Event> events, Map<String, String> answers, int snapshots, Set<String> schedules) {
    /** The file in the data folder. */
    static final String NAME = "trail.mv.db";

    /** One stored event; without a position if it has none yet. */
    record Event(String id, String aggregate, long sequence, @Nullable Long position, String payload, String metadata) {}

    /** Reads a copy of the file in this folder. */
    static TrailFile copyOf(Path folder) {
        try {
            Path copy = Files.createTempDirectory("trail-copy");
            try {
                Files.copy(folder.resolve(NAME), copy.resolve(NAME));
                return read("jdbc:h2:file:" + copy.resolve("trail") + ";IFEXISTS=TRUE");
            } finally {
                try (var files = Files.list(copy)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the database file cannot be read", e);
        }
    }

    private static TrailFile read(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "PROMPTAUDIT", ""); var statement = connection.createStatement()) {
            var events = new ArrayList<Event>();
            try (ResultSet row = statement.executeQuery("""
                    select e.event_identifier, e.aggregate_identifier, e.sequence_number, p.position, e.payload, e.meta_data
                    from domain_event e left join event_position p on p.global_index = e.global_index
                    order by e.global_index""")) {
                while (row.next()) {
                    events.add(new Event(row.getString(1), row.getString(2), row.getLong(3), row.getObject(4, Long.class),
                            new String(row.getBytes(5), StandardCharsets.UTF_8),
                            new String(row.getBytes(6), StandardCharsets.UTF_8)));
                }
            }
            var answers = new HashMap<String, String>();
            try (ResultSet row = statement.executeQuery("select idempotency_key, event_id from answer")) {
                while (row.next()) {
                    answers.put(row.getString(1), row.getString(2));
                }
            }
            var schedules = new HashSet<String>();
            try (ResultSet row = statement.executeQuery("select schedule from pending_schedule")) {
                while (row.next()) {
                    schedules.add(row.getString(1));
                }
            }
            try (ResultSet row = statement.executeQuery("select count(*) from snapshot_event")) {
                row.next();
                return new TrailFile(List.copyOf(events), Map.copyOf(answers), row.getInt(1), Set.copyOf(schedules));
            }
        }
    }
}
