package io.promptaudit.server.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

import com.zaxxer.hikari.HikariDataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.guard.EmbeddedGuards;
import io.promptaudit.server.guard.Guards;
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

    /** No trace file: it would lie beside the database, could quote what is in it, and would grow with each refusal by a guard. */
    private String ownersUrl() {
        return url + ";TRACE_LEVEL_FILE=0";
    }

    @Bean
    WriteGate writeGate() {
        return new WriteGate();
    }

    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(WriteGate gate) {
        var h2 = new JdbcDataSource();
        h2.setURL(url);
        h2.setUser(RUNTIME);
        h2.setPassword("");
        var pool = new HikariDataSource();
        pool.setDataSource(new GatedDataSource(h2, gate));
        return pool;
    }

    @Bean
    FlywayConnectionDetails ownerConnection() {
        // The first to open it. No writing in the background, which could store a half of a migration.
        return new OwnerUser(ownersUrl() + ";WRITE_DELAY=" + Integer.MAX_VALUE);
    }

    @Bean
    FlywayConfigurationCustomizer embeddedTypes() {
        return flyway -> flyway.placeholders(Map.of("bytes", "BLOB", "short_bytes", "VARBINARY(4096)", "runtime", RUNTIME));
    }

    @Bean(destroyMethod = "close")
    @DependsOn("flywayInitializer")
    EmbeddedStore embeddedStore(WriteGate gate) throws SQLException, IOException {
        // The database has no password: whoever can read the file can read the trail, also in a folder that was there before.
        PrivateFiles.restrict(file);
        var store = new EmbeddedStore(DriverManager.getConnection(ownersUrl(), OWNER, ""), gate);
        store.releaseLeases();
        return store;
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    StoreKeeper storeKeeper(EmbeddedStore store, WriteGate gate) {
        return new StoreKeeper(store, gate);
    }

    @Bean
    Guards embeddedGuards(EmbeddedStore store, HikariDataSource runtime) {
        return new EmbeddedGuards(store.asOwner(), runtime);
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
