package io.promptaudit.server.trail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.server.start.StartFailures;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * On PostgreSQL: the owner is kept from changing what is recorded, and from removing the guards once a superuser has run the
 * script; what is removed all the same is found.
 */
class PostgresGuardsIT {
    private static final String OWNER = "keeper";
    private static final String SUPERUSER = "postgres";
    private static final String APPEND_ONLY = "23001";
    private static final String NOT_OWNER = "42501";
    private static final String UNGUARDED = "no trigger keeps the owner from changing ";
    private static final String NO_TRIGGER = UNGUARDED + "domain_event";
    private static final String NO_TRIGGERS = UNGUARDED + "domain_event;" + UNGUARDED + "event_position;"
            + UNGUARDED + "ledger_leaf;" + UNGUARDED + "ledger_node;" + UNGUARDED + "ledger_checkpoint";
    private static final String CHANGEABLE = "the server's own user may change ";
    private static final String MAY_CHANGE = CHANGEABLE + "domain_event";
    private static final String MAY_CHANGE_ALL = CHANGEABLE + "domain_event;" + CHANGEABLE + "event_position;"
            + CHANGEABLE + "ledger_leaf;" + CHANGEABLE + "ledger_node;" + CHANGEABLE + "ledger_checkpoint";

    private static final String TRIGGER = "create or replace trigger append_only ";
    private static final String GUARD = " execute function append_only(); alter table domain_event enable always trigger append_only";
    private static final String FOR_EVERY_CHANGE = "before update or delete or truncate on domain_event" + GUARD;

    @TempDir
    static Path folder;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        as(SUPERUSER, "postgres", "create role keeper login", "create role app login");
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static void as(String user, String database, String... statements) throws SQLException {
        try (Connection connection = postgres.getDatabase(user, database).getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static TestServer server(String database, String runtime, String... options) {
        String url = postgres.getJdbcUrl(runtime, database).replaceAll("\\?.*", "");
        return new TestServer(folder.resolve(database), Stream.concat(Stream.of(
                "--spring.datasource.url=" + url, "--spring.datasource.username=" + runtime, "--spring.flyway.url=" + url,
                "--spring.flyway.user=" + OWNER), Stream.of(options)).toArray(String[]::new));
    }

    /** As the migrations leave them. */
    @Nested
    class Guards {
        private static final String DATABASE = "guarded";
        private static TestServer server;

        @BeforeAll
        static void start() throws SQLException {
            as(SUPERUSER, "postgres", "create database guarded owner keeper");
            server = server(DATABASE, "app");
        }

        @AfterAll
        static void stop() {
            server.close();
        }

        @ParameterizedTest
        @ValueSource(strings = {"update domain_event set payload_type = 'x'",
                "update domain_event set payload_type = 'x' where false", "delete from domain_event", "truncate domain_event",
                "truncate domain_event restart identity cascade", "update event_position set position = 0",
                "delete from event_position", "truncate event_position", "update ledger_leaf set entry = ''",
                "delete from ledger_node", "truncate ledger_checkpoint",
                "insert into domain_event overriding system value select * from domain_event"
                        + " on conflict (global_index) do update set payload_type = 'x'",
                "merge into domain_event using event_position p on p.global_index = domain_event.global_index"
                        + " when matched then delete"})
        void keepOwnerAndReplicasFrom(String change) {
            assertRefused(OWNER, change, APPEND_ONLY);
            assertRefused(SUPERUSER, "set session_replication_role = replica; " + change, APPEND_ONLY);
            assertThat(server.bean(JdbcClient.class).sql("select payload_type from domain_event").query(String.class).list())
                    .isNotEmpty().doesNotContain("x");
        }

        @ParameterizedTest
        @ValueSource(strings = {"insert into domain_event overriding system value select * from domain_event"
                + " on conflict (global_index) do update set payload_type = 'x'",
                "select setval(pg_get_serial_sequence('domain_event', 'global_index'), 1)",
                "alter table domain_event disable trigger append_only", "drop trigger append_only on domain_event",
                "drop table domain_event", "set session_replication_role = replica",
                "copy domain_event to program 'cat'", "create or replace function append_only() returns trigger"
                        + " language plpgsql as 'begin return null; end'"})
        void areNothingTheServersOwnUserCanTouch(String change) {
            assertRefused("app", change, NOT_OWNER);
        }

        private static void assertRefused(String user, String change, String state) {
            assertThatExceptionOfType(SQLException.class).as(user).isThrownBy(() -> as(user, DATABASE, change))
                    .satisfies(refused -> assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo(state));
        }

        @ParameterizedTest
        @CsvSource(quoteCharacter = '`', delimiter = '|', value = {
                "alter table domain_event disable trigger append_only | alter table domain_event enable always trigger append_only"
                        + "|" + NO_TRIGGER,
                "alter table domain_event enable trigger append_only | alter table domain_event enable always trigger append_only"
                        + "|" + NO_TRIGGER,
                "alter table domain_event enable replica trigger append_only"
                        + "| alter table domain_event enable always trigger append_only |" + NO_TRIGGER,
                "drop trigger append_only on domain_event |" + TRIGGER + FOR_EVERY_CHANGE + "|" + NO_TRIGGER,
                TRIGGER + "before update or delete on domain_event" + GUARD + "|" + TRIGGER + FOR_EVERY_CHANGE + "|" + NO_TRIGGER,
                TRIGGER + "before update or delete or truncate on domain_event when (false)" + GUARD
                        + "|" + TRIGGER + FOR_EVERY_CHANGE + "|" + NO_TRIGGER,
                TRIGGER + "before update of type or delete or truncate on domain_event" + GUARD
                        + "|" + TRIGGER + FOR_EVERY_CHANGE + "|" + NO_TRIGGER,
                "create or replace function append_only() returns trigger language plpgsql as 'begin return null; end'"
                        + "| create or replace function append_only() returns trigger language plpgsql as"
                        + " 'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME USING ERRCODE ="
                        + " ''restrict_violation''; END'"
                        + "|" + NO_TRIGGERS,
                "create rule more as on update to domain_event do instead nothing | drop rule more on domain_event"
                        + "|" + MAY_CHANGE + ";domain_event has a trigger or rule that is not the server's",
                "create function harmless() returns trigger language plpgsql as 'begin return new; end';"
                        + " create trigger more before insert on domain_event for each row execute function harmless()"
                        + "| drop function harmless() cascade | domain_event has a trigger or rule that is not the server's",
                "grant update on domain_event to app | revoke update on domain_event from app |" + MAY_CHANGE,
                "grant update (payload) on domain_event to app | revoke update (payload) on domain_event from app |" + MAY_CHANGE,
                "grant delete on domain_event to app | revoke delete on domain_event from app |" + MAY_CHANGE,
                "grant truncate on domain_event to app | revoke truncate on domain_event from app |" + MAY_CHANGE,
                "grant delete on domain_event to public | revoke delete on domain_event from public |" + MAY_CHANGE,
                "grant keeper to app with inherit false | revoke keeper from app |" + MAY_CHANGE_ALL,
                "grant pg_write_all_data to app | revoke pg_write_all_data from app |" + MAY_CHANGE_ALL,
                "alter table domain_event owner to app"
                        + "| alter table domain_event owner to keeper; grant select, insert on domain_event to app |"
                        + MAY_CHANGE,
                "alter role app superuser | alter role app nosuperuser"
                        + "| the server's own user is a superuser;" + MAY_CHANGE_ALL})
        void areMissedAndGreeted(String removal, String repair, String found) throws SQLException {
            var guards = new WatchedGuards(server);
            guards.areAllThere();
            as(SUPERUSER, DATABASE, removal);
            guards.look();
            guards.areMissing(found.split(";"));
            as(SUPERUSER, DATABASE, repair);
            guards.look();
            guards.areBack();
        }
    }

    /** After a superuser has run the script. */
    @Nested
    class TheScript {
        private static final String DATABASE = "sealed";
        private static final String UNKEPT = "nothing keeps the owner from removing the guards of ";
        private static final String REMOVABLE = UNKEPT + "domain_event;" + UNKEPT + "event_position;" + UNKEPT + "ledger_leaf;"
                + UNKEPT + "ledger_node;" + UNKEPT + "ledger_checkpoint";
        private static TestServer server;

        @BeforeAll
        static void start() throws SQLException, IOException {
            as(SUPERUSER, "postgres", "create database sealed owner keeper");
            as(OWNER, DATABASE, "create schema other");
            server = server(DATABASE, "app");
            run();
        }

        @AfterAll
        static void stop() {
            server.close();
        }

        private static void run() throws SQLException, IOException {
            as(SUPERUSER, DATABASE, Files.readString(Path.of("../docs/postgresql-guards.sql")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"alter table domain_event disable trigger append_only",
                "alter table domain_event enable trigger append_only", "drop trigger append_only on domain_event",
                "drop table domain_event", "drop table event_position cascade", "drop function append_only() cascade",
                "create or replace trigger append_only before update on domain_event execute function append_only()",
                "alter trigger append_only on domain_event rename to other", "alter table domain_event rename to other",
                "alter table domain_event alter column payload type bytea using 'x'",
                "alter table ledger_leaf add column more int", "alter table domain_event drop column payload",
                "create rule more as on update to domain_event do instead nothing",
                "create function harmless() returns trigger language plpgsql as 'begin return new; end';"
                        + "create trigger more before insert on domain_event execute function harmless()",
                "alter sequence domain_event_global_index_seq restart", "drop owned by keeper",
                "alter table domain_event set schema other",
                "alter table domain_event enable row level security"})
        void keepsTheOwnerFrom(String change) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> as(OWNER, DATABASE, change))
                    .satisfies(refused -> assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo(APPEND_ONLY));
        }

        @ParameterizedTest
        @ValueSource(strings = {"create or replace function append_only() returns trigger language plpgsql as 'begin end'",
                "alter function append_only() owner to keeper", "drop event trigger promptaudit_ddl",
                "alter event trigger promptaudit_drop disable", "delete from promptaudit_guard.guarded",
                "drop table promptaudit_guard.guarded", "set role promptaudit_guard",
                "create or replace function promptaudit_guard.refuse_ddl() returns event_trigger language plpgsql as 'begin end'"})
        void isOutOfTheOwnersReach(String change) {
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> as(OWNER, DATABASE, change))
                    .satisfies(refused -> assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo(NOT_OWNER));
        }

        @Test
        void leavesTheOwnerEverythingElse() throws SQLException, IOException {
            as(OWNER, DATABASE, "create table mine (x int)", "create rule mine as on update to mine do instead nothing",
                    "alter table mine add column y int", "drop table mine", "vacuum full domain_event",
                    "create index mine on domain_event (time_stamp)", "drop index mine");
            run();
            var guards = new WatchedGuards(server);
            guards.look();
            guards.areAllThere();
        }

        @ParameterizedTest
        @ValueSource(strings = {"alter event trigger promptaudit_ddl disable", "alter event trigger promptaudit_drop enable",
                "drop event trigger promptaudit_ddl", "drop schema promptaudit_guard cascade",
                "delete from promptaudit_guard.guarded", "create or replace function promptaudit_guard.refuse_drop()"
                        + " returns event_trigger language plpgsql as 'begin end'",
                "drop event trigger promptaudit_ddl; create event trigger promptaudit_ddl on ddl_command_end"
                        + " when tag in ('COMMENT') execute function promptaudit_guard.refuse_ddl();"
                        + " alter event trigger promptaudit_ddl enable always"})
        void isMissedAndGreeted(String removal) throws SQLException, IOException {
            var guards = new WatchedGuards(server);
            as(SUPERUSER, DATABASE, removal);
            guards.look();
            guards.areMissing(REMOVABLE.split(";"));
            run();
            guards.look();
            guards.areBack();
        }
    }

    @Test
    void aSuperuserIsRefusedUnlessToldOtherwise() throws SQLException {
        as(SUPERUSER, "postgres", "create database loose owner keeper");
        Throwable failure = catchThrowable(() -> server("loose", SUPERUSER).close());
        var told = requireNonNull(new StartFailures().analyze(failure));
        assertThat(told.getDescription()).contains("user postgres is a superuser");
        assertThat(told.getAction()).contains("promptaudit.allow-superuser");
        var db = JdbcClient.create(postgres.getDatabase(SUPERUSER, "loose"));
        assertThat(db.sql("select count(*) from pg_tables where schemaname = 'public'").query(Long.class).single()).isZero();

        try (var server = server("loose", SUPERUSER, "--promptaudit.allow-superuser=true")) {
            new WatchedGuards(server).areMissing(("the server's own user is a superuser;" + MAY_CHANGE_ALL).split(";"));
        }
    }
}
