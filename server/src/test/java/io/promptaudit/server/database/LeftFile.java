package io.promptaudit.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.h2.mvstore.MVStore;

/** What {@link PairWriters} left in a file: every index against its table, and every pair against its other half. */
final class LeftFile {
    private LeftFile() {}

    /** Opens a copy of the file as it is now, and lists what is torn. */
    static List<String> torn(Path folder) throws IOException, SQLException {
        Path copy = Files.createTempDirectory("left");
        try {
            Files.copy(folder.resolve("trail.mv.db"), copy.resolve("trail.mv.db"));
            return read(copy);
        } finally {
            try (var files = Files.list(copy)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(copy);
        }
    }

    /** The newest version that is found in the file as it is now. */
    static long version(Path folder) throws IOException {
        Path copy = Files.createTempFile("left", ".mv.db");
        try {
            Files.copy(folder.resolve("trail.mv.db"), copy, StandardCopyOption.REPLACE_EXISTING);
            try (MVStore store = new MVStore.Builder().fileName(copy.toString()).readOnly().open()) {
                return store.getCurrentVersion();
            }
        } finally {
            Files.delete(copy);
        }
    }

    /** A digest of the file as it is now. */
    static String digest(Path folder) throws IOException, NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("trail.mv.db"))));
    }

    private static List<String> read(Path folder) throws SQLException {
        var torn = new ArrayList<String>();
        try (Connection connection = DriverManager.getConnection(
                EmbeddedDatabase.url(folder) + ";IFEXISTS=TRUE;TRACE_LEVEL_FILE=0",
                EmbeddedDatabase.OWNER, ""); Statement statement = connection.createStatement()) {
            List<String> halves = rows(statement, "select id, pair, side, place from half order by id");
            compare(torn, "half_place", halves, rows(statement,
                    "select id, pair, side, place from half use index (half_place) where place >= 0 order by id"));
            compare(torn, "half_pair", halves, rows(statement,
                    "select id, pair, side, place from half use index (half_pair) where pair >= 0 order by id"));
            compare(torn, "single_pair", rows(statement, "select id, pair from single order by id"), rows(statement,
                    "select id, pair from single use index (single_pair) where pair >= 0 order by id"));
            rows(statement, """
                    select pair, count(*), min(place), max(place), min(side), max(side) from half group by pair
                    having count(*) <> 2 or min(place) <> max(place) or min(side) <> 0 or max(side) <> 1""")
                    .forEach(half -> torn.add("half of a transaction: " + half));
            rows(statement, "select a.pair from half a join half b on a.pair = b.pair where a.body <> b.body")
                    .forEach(half -> torn.add("bodies differ: " + half));
        } catch (SQLException e) {
            torn.add("cannot be read: " + e.getMessage());
        }
        return torn;
    }

    private static void compare(List<String> torn, String index, List<String> table, List<String> found) {
        if (!table.equals(found)) {
            var onlyTable = new ArrayList<>(table);
            onlyTable.removeAll(found);
            var onlyIndex = new ArrayList<>(found);
            onlyIndex.removeAll(table);
            torn.add("%s differs: only in the table %s, only in the index %s".formatted(index, onlyTable, onlyIndex));
        }
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        var rows = new ArrayList<String>();
        try (ResultSet row = statement.executeQuery(query)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                var values = new ArrayList<String>();
                for (int i = 1; i <= columns; i++) {
                    values.add(row.getString(i));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }
}
