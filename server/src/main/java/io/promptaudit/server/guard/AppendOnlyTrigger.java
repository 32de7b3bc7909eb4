package io.promptaudit.server.guard;

import java.sql.Connection;
import java.sql.SQLException;

import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** Refuses the statement in the embedded database. Migrations and databases name this class: it keeps its name for ever. */
public final class AppendOnlyTrigger implements Trigger {
    /** The SQL standard's restrict violation; PostgreSQL's guards refuse with the same. */
    static final String STATE = "23001";

    private String table = "the table";

    /** H2 makes one for each trigger. */
    public AppendOnlyTrigger() {}

    @Override
    public void init(Connection connection, String schema, String trigger, String table, boolean before, int type) {
        this.table = table;
    }

    @Override
    public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after)
            throws SQLException {
        throw new SQLException(table + " is append-only", STATE);
    }
}
