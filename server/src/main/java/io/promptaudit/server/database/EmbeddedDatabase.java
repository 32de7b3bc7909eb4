package io.promptaudit.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.dao.DataAccessResourceFailureException;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.keys.MasterKey;

/**
 * The default: H2 in a file of the data folder, unless {@code spring.datasource.url} names another database. The owner
 * migrates and forces commits to disk; the server runs as a user that can append events and never change them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "\0")
public class EmbeddedDatabase {
    /** The owner of the tables. */
    static final String OWNER = "OWNER";
    /** The user the server runs as. */
    static final String RUNTIME = "PROMPTAUDIT";

    private final Path file;
    private final String url;

    EmbeddedDatabase(PromptAuditProperties properties) {
        Path folder = properties.dataDir().toAbsolutePath().normalize();
        try {
            PrivateFiles.createFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder " + folder + " cannot be made", e);
        }
        // H2 would open it, and let the server start without being able to write anything.
        if (!Files.isWritable(folder)) {
            throw new UncheckedIOException("the data folder " + folder + " cannot be written",
                    new AccessDeniedException(folder.toString()));
        }
        file = folder.resolve("trail.mv.db");
        if (Files.exists(file)) {
            // Before anything is opened: a lost or unsafe key leaves the database as it was.
            MasterKey.in(properties.keys(), true);
        }
        url = url(folder);
    }

    /** The JDBC address of the trail in this folder. */
    static String url(Path folder) {
        // Spring closes the database, not H2's own shutdown hook: the last group must get its positions first.
        return "jdbc:h2:file:" + folder.resolve("trail") + ";DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
    }

    @Bean
    JdbcConnectionDetails runtimeConnection() {
        return new RuntimeUser(url);
    }

    @Bean
    FlywayConnectionDetails ownerConnection() {
        // The first to open it. No trace file: it would lie beside the database and could quote what is in it.
        return new OwnerUser(url + ";TRACE_LEVEL_FILE=0");
    }

    @Bean
    FlywayConfigurationCustomizer embeddedTypes() {
        return flyway -> flyway.placeholders(Map.of("bytes", "BLOB", "runtime", RUNTIME));
    }

    /** H2 writes commits behind; one CHECKPOINT SYNC forces all of a group. */
    @Bean(destroyMethod = "close")
    @DependsOn("flywayInitializer")
    Administration administration() throws SQLException, IOException {
        // The database has no password: whoever can read the file can read the trail, also in a folder that was there before.
        PrivateFiles.restrict(file);
        var administration = new Administration(DriverManager.getConnection(url, OWNER, ""));
        administration.releaseLeases();
        return administration;
    }

    /** The owner's one connection, for what needs admin rights. */
    static final class Administration implements Durability, OnlineCopy, AutoCloseable {
        private final Connection owner;

        Administration(Connection owner) {
            this.owner = owner;
        }

        /** One process has the file: whoever held a lease is gone. */
        private void releaseLeases() throws SQLException {
            try (Statement statement = owner.createStatement()) {
                statement.execute("UPDATE view_task SET task = NULL, owner = NULL, beat = NULL");
            }
        }

        @Override
        public synchronized void force() {
            try (Statement statement = owner.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("the database cannot be forced to disk", e);
            }
        }

        @Override
        public synchronized void to(Path zip) {
            try (PreparedStatement statement = owner.prepareStatement("BACKUP TO ?")) {
                statement.setString(1, zip.toString());
                statement.execute();
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("the database cannot be copied to " + zip, e);
            }
        }

        @Override
        public void close() throws SQLException {
            owner.close();
        }
    }

    private record RuntimeUser(String url) implements JdbcConnectionDetails {
        @Override
        public String getUsername() {
            return RUNTIME;
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public String getJdbcUrl() {
            return url;
        }
    }

    private record OwnerUser(String url) implements FlywayConnectionDetails {
        @Override
        public String getUsername() {
            return OWNER;
        }

        @Override
        public String getPassword() {
            return "";
        }

        @Override
        public String getJdbcUrl() {
            return url;
        }
    }
}
