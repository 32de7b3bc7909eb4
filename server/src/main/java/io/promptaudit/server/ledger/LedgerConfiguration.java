package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.command.trail.LedgerDecisions;
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
    SigningKeys signingKeys(PromptAuditProperties properties, TrailClock clock) {
        PromptAuditProperties.Ledger ledger = properties.ledger();
        if (!ledger.signer().isEmpty()) {
            return new ProgramKeys(ledger.signer(), ledger.name(), clock);
        }
        if (ledger.keyStore() != null) {
            return new KeyStoreKeys(ledger.keyStore(), String.valueOf(ledger.keyStorePassword()), ledger.name(), clock);
        }
        return new KeyFiles(properties.keys(), clock);
    }

    /** Decisions are asked for late: what records them waits for the sealer. */
    @Bean
    Epochs epochs(SigningKeys keys, ObjectProvider<LedgerDecisions> decisions, PromptAuditProperties properties,
            TrailClock clock) {
        return new Epochs(keys, () -> decisions.getObject().all(), properties.ledger().name(), properties.ledger().keyOverlap(),
                clock);
    }

    @Bean
    CheckpointStore secondPlace(PromptAuditProperties properties) {
        try {
            return new CheckpointFolder(properties.checkpoints());
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + properties.checkpoints() + " cannot be made", e);
        }
    }

    @Bean
    Sealer sealer(Epochs epochs, CheckpointStore secondPlace, LedgerTable table) {
        return new Sealer(epochs, secondPlace, table);
    }

    @Bean
    ProblemMapping notSealed() {
        return ProblemMapping.of(NotSealed.class, failure -> Problem.passing("not-sealed", failure.getMessage(), 1));
    }

    @Bean
    GrowingLedger ledger(LedgerTable table, PlatformTransactionManager transactions, JdbcTemplate db, Sealer sealer) {
        return new GrowingLedger(table, new TransactionTemplate(transactions), new StoredEvents(db), sealer);
    }
}
