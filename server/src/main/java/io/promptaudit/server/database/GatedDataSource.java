package io.promptaudit.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections of which every call that writes goes through the {@link WriteGate}. A call writes unless it is known to read. */
final class GatedDataSource extends DelegatingDataSource {
    private static final Pattern QUERY = Pattern.compile("\\s*+(select|with|values)\\b", Pattern.CASE_INSENSITIVE);
    /** What makes a query write: for update, next value for, and tables of changes, such as final table (insert …). */
    private static final Pattern CHANGE = Pattern.compile("\\b(insert|update|delete|merge|nextval|next\\s+value)\\b",
            Pattern.CASE_INSENSITIVE);

    private final WriteGate gate;

    GatedDataSource(DataSource target, WriteGate gate) {
        super(target);
        this.gate = gate;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return GatedConnection.of(super.getConnection(), gate);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return GatedConnection.of(super.getConnection(user, password), gate);
    }

    /** Whether the statement is known to change nothing, and to lock nothing. */
    static boolean reads(@Nullable String sql) {
        return sql != null && QUERY.matcher(sql).lookingAt() && !CHANGE.matcher(sql).find();
    }
}
