package io.promptaudit.server.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The guards of the embedded database, tried out by both of its users: rights against the server's own, and against the owner a
 * trigger on each table and a reference to it.
 */
public final class EmbeddedGuards implements Guards {
    /** H2's error codes are its SQL states where the standard has none: {@code org.h2.api.ErrorCode}. */
    private static final String NOT_ENOUGH_RIGHTS = "90096";
    private static final String REFERENTIAL_INTEGRITY_VIOLATED = "23506";

    private final Attempts runtime;
    private final Attempts owner;
    private final JdbcClient catalogue;

    /** Asks as {@code owner}, who owns the tables, and as {@code runtime}, as whom the server works. */
    public EmbeddedGuards(DataSource owner, DataSource runtime) {
        this.runtime = new Attempts(runtime);
        this.owner = new Attempts(owner);
        this.catalogue = JdbcClient.create(owner);
    }

    @Override
    public List<String> missing() {
        var missing = new ArrayList<String>();
        for (AppendOnly one : AppendOnly.TABLES) {
            if (!runtime.areRefused(one.attempts(), NOT_ENOUGH_RIGHTS)) {
                missing.add("the server's own user may change " + one.table());
            }
            if (!owner.areRefused(one.attempts(), AppendOnlyTrigger.STATE)) {
                missing.add("no trigger keeps the owner from changing " + one.table());
            }
            if (!owner.isRefused(one.danglingReference(), REFERENTIAL_INTEGRITY_VIOLATED)) {
                missing.add("no reference keeps the owner from emptying or dropping " + one.table());
            }
            if (otherTriggers(one.table()) > 0) {
                missing.add(one.table() + " has a trigger that is not the server's");
            }
        }
        return missing;
    }

    private long otherTriggers(String table) {
        return catalogue.sql("""
                select count(*) from information_schema.triggers
                where event_object_table = ? and java_class is distinct from ?""")
                .params(table.toUpperCase(Locale.ROOT), AppendOnlyTrigger.class.getName()).query(Long.class).single();
    }
}
