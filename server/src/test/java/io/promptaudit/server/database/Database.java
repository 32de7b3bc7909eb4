package io.promptaudit.server.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.keys.MasterKey;

/** The product's embedded database in a folder, and nothing else of the server. */
final class Database implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    // No @Configuration: the server's own scan would find it.
    @Import(EmbeddedDatabase.class)
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    @EnableConfigurationProperties(PromptAuditProperties.class)
    static class Parts {}

    Database(Path folder) {
        this(folder, true);
    }

    /** @param closes whether it is closed at the end of the process */
    Database(Path folder, boolean closes) {
        // As a whole server would: a database without its key is not opened again.
        MasterKey.in(folder.resolve("keys"), false);
        context = new SpringApplicationBuilder(Parts.class).web(WebApplicationType.NONE).registerShutdownHook(closes)
                .run("--promptaudit.data-dir=" + folder, "--spring.main.banner-mode=off");
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** What the server's own queries and commands use. */
    DataSource dataSource() {
        return bean(DataSource.class);
    }

    /** Executes what only the owner may. */
    void define(Path folder, String... statements) throws SQLException {
        try (Connection owner = DriverManager.getConnection(EmbeddedDatabase.url(folder), EmbeddedDatabase.OWNER, "");
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
