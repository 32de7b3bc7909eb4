package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.http.Problem;
import io.promptaudit.server.http.ProblemMapping;
import io.promptaudit.server.sequence.TrailClock;

/** Wires the ledger that the sequencer grows. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    @DependsOn("flywayInitializer")
    LedgerTable ledgerTable(JdbcTemplate db) {
        return new LedgerTable(db);
    }

    @Bean
    StoredTiles storedTiles(LedgerTable table) {
        return new StoredTiles(table);
    }

    @Bean
    LedgerKeys ledgerKeys(LedgerTable table, PromptAuditProperties properties, TrailClock clock) {
        return LedgerKeys.in(properties.keys(), table.size() > 0, properties.ledger().name() + "/" + UUID.randomUUID(), clock);
    }

    @Bean
    PublishedPolicy publishedPolicy(LedgerKeys keys) {
        return PublishedPolicy.of(keys);
    }

    @Bean
    StoredEvents storedEvents(JdbcTemplate db) {
        return new StoredEvents(db);
    }

    @Bean
    Sealer sealer(LedgerKeys keys, LedgerTable table, PromptAuditProperties properties) {
        try {
            return new Sealer(keys.origin(), keys.signers(), new CheckpointFolder(properties.checkpoints()), table);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + properties.checkpoints() + " cannot be made", e);
        }
    }

    @Bean
    ProblemMapping notSealed() {
        return ProblemMapping.of(NotSealed.class, failure -> Problem.passing("not-sealed", failure.getMessage(), 1));
    }

    @Bean
    GrowingLedger ledger(LedgerTable table, StoredEvents events, Sealer sealer) {
        return new GrowingLedger(table, events, sealer);
    }
}
