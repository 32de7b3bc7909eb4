package io.promptaudit.server.database;

import java.util.Map;
import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.guard.Guards;
import io.promptaudit.server.guard.PostgresGuards;

/** A PostgreSQL that {@code spring.datasource.*} names for the runtime user, and {@code spring.flyway.*} for the owner. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("spring.datasource.url")
class ConnectedDatabase {

    /** Made before anything is migrated: a superuser changes nothing. */
    @Bean
    Guards connectedGuards(DataSource runtime, PromptAuditProperties properties) {
        var guards = new PostgresGuards(runtime);
        if (!properties.allowSuperuser()) {
            guards.refuseSuperuser();
        }
        return guards;
    }

    @Bean
    FlywayConfigurationCustomizer connectedTypes(@Value("${spring.datasource.username}") String runtime, Guards guards) {
        return flyway -> flyway.placeholders(Map.of("bytes", "BYTEA", "short_bytes", "BYTEA", "runtime", runtime));
    }

    /** PostgreSQL forces each commit to disk before it returns. */
    @Bean
    Durability durability() {
        return () -> {};
    }
}
