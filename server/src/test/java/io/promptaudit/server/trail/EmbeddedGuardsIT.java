package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.h2.api.ErrorCode;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** On the embedded database the owner is kept from changing what is recorded; a guard that the owner removes is found. */
class EmbeddedGuardsIT {
    private static final String NO_TRIGGER = "no trigger keeps the owner from changing ";
    private static final String NO_REFERENCE = "no reference keeps the owner from emptying or dropping ";
    private static final String NO_REFERENCES = NO_REFERENCE + "domain_event;" + NO_REFERENCE + "event_position;"
            + NO_REFERENCE + "ledger_leaf;" + NO_REFERENCE + "ledger_node;" + NO_REFERENCE + "ledger_checkpoint";
    private static final String MAY_CHANGE = "the server's own user may change ";
    private static final String MAY_CHANGE_ALL = MAY_CHANGE + "domain_event;" + MAY_CHANGE + "event_position;"
            + MAY_CHANGE + "ledger_leaf;" + MAY_CHANGE + "ledger_node;" + MAY_CHANGE + "ledger_checkpoint";
    private static final String OURS = "'io.promptaudit.server.guard.AppendOnlyTrigger'";

    private static final String APPEND_ONLY = "23001";
    private static final String CANNOT_TRUNCATE = Integer.toString(ErrorCode.CANNOT_TRUNCATE_1);
    private static final String CANNOT_DROP = Integer.toString(ErrorCode.CANNOT_DROP_2);

    @TempDir
    static Path folder;
    private static TestServer server;

    /** A trigger that lets everything through. */
    public static final class Harmless implements Trigger {
        /** H2 makes one for each trigger. */
        public Harmless() {}

        @Override
        public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after) {
            // Nothing is refused.
        }
    }

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void asOwner(Path data, String... statements) throws SQLException {
        try (Connection owner = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("trail"), "OWNER", "");
                var statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update domain_event set payload_type = 'x'", "delete from domain_event where sequence_number = 0",
            "update domain_event set payload_type = 'x' where false", "truncate table domain_event",
            "truncate table domain_event restart identity", "drop table domain_event", "update event_position set position = 0",
            "delete from event_position", "truncate table event_position", "drop table event_position",
            "update ledger_leaf set leaf_index = 0", "truncate table ledger_leaf", "drop table ledger_leaf",
            "update ledger_node set tile_level = 1", "truncate table ledger_node", "drop table ledger_node",
            "delete from ledger_checkpoint", "truncate table ledger_checkpoint", "drop table ledger_checkpoint",
            "merge into domain_event (global_index, payload_type) key (global_index) values (1, 'x')",
            "merge into domain_event using event_position p on p.global_index = domain_event.global_index"
                    + " when matched then delete"})
    void keepTheOwnerFrom(String change) {
        var db = server.bean(JdbcClient.class);
        List<?> before = db.sql("select * from domain_event e join event_position p using (global_index)").query().listOfRows();
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> asOwner(folder, change))
                .satisfies(refused -> assertThat(refused.getSQLState()).isIn(APPEND_ONLY, CANNOT_TRUNCATE, CANNOT_DROP));
        assertThat(db.sql("select * from domain_event e join event_position p using (global_index)").query().listOfRows())
                .hasSameSizeAs(before);
        assertThat(db.sql("select payload_type from domain_event").query(String.class).list()).doesNotContain("x");
    }

    /** The server itself tries every minute what must not work: H2 would write each refusal to a file. */
    @Test
    void leaveNoTraceFile() {
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> asOwner(folder, "truncate table domain_event"));
        assertThat(folder.resolve("trail.trace.db")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
            "drop trigger domain_event_append_only"
                    + "| create trigger domain_event_append_only before update, delete on domain_event call " + OURS
                    + "|" + NO_TRIGGER + "domain_event",
            "drop trigger event_position_append_only"
                    + "| create trigger event_position_append_only before update, delete on event_position call " + OURS
                    + "|" + NO_TRIGGER + "event_position",
            "drop trigger domain_event_append_only;"
                    + " create trigger domain_event_append_only before update on domain_event call " + OURS
                    + "| drop trigger domain_event_append_only;"
                    + " create trigger domain_event_append_only before update, delete on domain_event call " + OURS
                    + "|" + NO_TRIGGER + "domain_event",
            "create trigger more before insert on domain_event"
                    + " call 'io.promptaudit.server.trail.EmbeddedGuardsIT$Harmless'"
                    + "| drop trigger more | domain_event has a trigger that is not the server's",
            "set referential_integrity false | set referential_integrity true"
                    + "|" + NO_REFERENCES,
            "alter table event_position set referential_integrity false"
                    + "| alter table event_position set referential_integrity true |" + NO_REFERENCE + "event_position",
            "drop table append_only"
                    + "| create table append_only (domain_event bigint references domain_event (global_index),"
                    + " event_position bigint references event_position (position),"
                    + " ledger_leaf bigint references ledger_leaf (leaf_index),"
                    + " ledger_checkpoint bigint references ledger_checkpoint (size),"
                    + " ledger_node_tile_level integer, ledger_node_node_index bigint,"
                    + " foreign key (ledger_node_tile_level, ledger_node_node_index) references ledger_node (tile_level, node_index))"
                    + "|" + NO_REFERENCES,
            "grant update on domain_event to promptaudit | revoke update on domain_event from promptaudit"
                    + "| the server's own user may change domain_event",
            "grant delete on event_position to promptaudit | revoke delete on event_position from promptaudit"
                    + "| the server's own user may change event_position",
            "alter user promptaudit admin true | alter user promptaudit admin false"
                    + "|" + MAY_CHANGE_ALL})
    void areMissedAndGreeted(String removal, String repair, String found) throws SQLException {
        var guards = new WatchedGuards(server);
        guards.areAllThere();
        asOwner(folder, removal.split(";"));
        guards.look();
        guards.areMissing(found.split(";"));
        asOwner(folder, repair.split(";"));
        guards.look();
        guards.areBack();
    }

    @Test
    void areMissedWhenTheyAreReplacedByOthers() throws SQLException {
        var guards = new WatchedGuards(server);
        asOwner(folder, "drop trigger domain_event_append_only",
                "create trigger domain_event_append_only before update, delete on domain_event call '%s'"
                        .formatted(Harmless.class.getName()));
        guards.look();
        guards.areMissing(NO_TRIGGER + "domain_event", "domain_event has a trigger that is not the server's");
        asOwner(folder, "drop trigger domain_event_append_only",
                "create trigger domain_event_append_only before update, delete on domain_event call " + OURS);
        guards.look();
        guards.areBack();
    }

    @Test
    void areMissedAtTheStart(@TempDir Path other) throws SQLException {
        new TestServer(other).close();
        asOwner(other, "drop trigger domain_event_append_only", "update domain_event set payload_type = payload_type");
        try (var started = new TestServer(other)) {
            new WatchedGuards(started).areMissing(NO_TRIGGER + "domain_event");
        }
        asOwner(other, "create trigger domain_event_append_only before update, delete on domain_event call " + OURS);
        try (var started = new TestServer(other)) {
            new WatchedGuards(started).areBack();
        }
    }
}
