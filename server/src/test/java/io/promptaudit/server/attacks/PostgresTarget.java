package io.promptaudit.server.attacks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import io.promptaudit.server.trail.TestServer;

/** The superuser of a real PostgreSQL. */
final class PostgresTarget implements Target {
    private static final String TRAIL = "trail";

    private final EmbeddedPostgres postgres;

    PostgresTarget() throws IOException, SQLException {
        postgres = EmbeddedPostgres.start();
        asPostgres("create role keeper login", "create role app login", "create database trail owner keeper");
    }

    private void asPostgres(String... statements) throws SQLException {
        try (Connection superuser = postgres.getDatabase("postgres", "postgres").getConnection();
                var statement = superuser.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public TestServer start(Path folder) {
        String url = postgres.getJdbcUrl("app", TRAIL).replaceAll("\\?.*", "");
        return new TestServer(folder, "--spring.datasource.url=" + url, "--spring.datasource.username=app",
                "--spring.flyway.url=" + url, "--spring.flyway.user=keeper");
    }

    @Override
    public Connection asSuperuser() throws SQLException {
        Connection superuser = postgres.getDatabase("postgres", TRAIL).getConnection();
        try (var statement = superuser.createStatement()) {
            for (String table : List.of("domain_event", "event_position", "ledger_leaf", "ledger_node", "ledger_checkpoint")) {
                statement.execute("alter table " + table + " disable trigger append_only");
            }
        }
        return superuser;
    }

    @Override
    public void endWhatWaits(Connection superuser) throws SQLException {
        try (var statement = superuser.createStatement()) {
            boolean isEnded = false;
            while (!isEnded) {
                try (var ended = statement.executeQuery("""
                        select pg_terminate_backend(pid) from pg_stat_activity
                        where usename = 'app' and wait_event_type = 'Lock'""")) {
                    isEnded = ended.next();
                }
            }
        }
    }

    @Override
    public void dump() throws SQLException {
        asPostgres("create database dump template trail");
    }

    @Override
    public void restore() throws SQLException {
        asPostgres("drop database trail", "create database trail template dump owner keeper");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
