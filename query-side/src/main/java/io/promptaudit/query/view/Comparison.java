package io.promptaudit.query.view;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.query.ProjectionView.Difference;

/** Compares two generations of one table, walking both in the order of positions: no text is ordered, so no collation matters. */
final class Comparison {
    private static final long POSITIONS_AT_ONCE = 50;
    private static final int KEPT_AS_IS = 64;

    private final JdbcClient db;
    private final ViewTable table;
    private final int live;
    private final int scratch;
    private final String select;

    Comparison(JdbcClient db, ViewTable table, int live, int scratch) {
        this.db = db;
        this.table = table;
        this.live = live;
        this.scratch = scratch;
        this.select = "select " + String.join(", ", Stream.concat(table.key().stream(), table.columns().stream()).toList())
                + " from " + table.name() + " where generation = ? and seq between ? and ?";
    }

    /** Positions from the first to the last, both included. */
    record Window(long first, long last) {}

    /** The next stretch that has rows, at or after a position; null when there are none. */
    @Nullable
    Window windowFrom(long from) {
        return Stream.of(live, scratch).map(generation -> firstFrom(generation, from)).flatMap(Optional::stream)
                .min(Long::compare).map(first -> new Window(first,
                        first > Long.MAX_VALUE - POSITIONS_AT_ONCE ? Long.MAX_VALUE : first + POSITIONS_AT_ONCE - 1))
                .orElse(null);
    }

    private Optional<Long> firstFrom(int generation, long from) {
        return db.sql("select min(seq) from " + table.name() + " where generation = ? and seq >= ?").param(generation).param(from)
                .query((row, _) -> Columns.number(row)).single();
    }

    /** The positions in the window whose rows differ at this moment. */
    List<Long> suspects(Window window) {
        return differences(window.first(), window.last()).stream()
                .map(difference -> Long.parseLong(Objects.requireNonNull(difference.key().get("seq")))).distinct().toList();
    }

    /** How the rows of this position differ at this moment. */
    List<Difference> differences(long seq) {
        return differences(seq, seq);
    }

    private List<Difference> differences(long first, long last) {
        var expected = rows(scratch, first, last);
        var differences = new ArrayList<Difference>();
        rows(live, first, last).forEach((key, row) -> {
            var right = expected.remove(key);
            if (right == null) {
                differences.add(new Difference(table.name(), key, "surplus", List.of()));
            } else if (!right.equals(row)) {
                differences.add(new Difference(table.name(), key, "different",
                        table.columns().stream().filter(column -> !Objects.equals(right.get(column), row.get(column))).toList()));
            }
        });
        expected.keySet().forEach(key -> differences.add(new Difference(table.name(), key, "missing", List.of())));
        return differences;
    }

    private Map<Map<String, String>, Map<String, @Nullable String>> rows(int generation, long first, long last) {
        var rows = new LinkedHashMap<Map<String, String>, Map<String, @Nullable String>>();
        db.sql(select + " order by seq").withFetchSize(100).param(generation).param(first).param(last).query(row -> {
            var key = new LinkedHashMap<String, String>();
            for (String column : table.key()) {
                key.put(column, row.getString(column));
            }
            rows.put(key, values(row));
        });
        return rows;
    }

    private Map<String, @Nullable String> values(ResultSet row) throws SQLException {
        var values = new HashMap<String, @Nullable String>();
        for (String column : table.columns()) {
            values.put(column, condensed(row.getString(column)));
        }
        return values;
    }

    private static @Nullable String condensed(@Nullable String value) {
        if (value == null || value.length() <= KEPT_AS_IS) {
            return value;
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
