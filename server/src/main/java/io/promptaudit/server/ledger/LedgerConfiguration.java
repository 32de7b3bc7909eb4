package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.command.trail.LedgerDecisions;
import io.promptaudit.command.trail.Sealing;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.http.Problem;
import io.promptaudit.server.http.ProblemMapping;
import io.promptaudit.server.keys.MasterKey;
import io.promptaudit.server.sequence.LedgerDamaged;
import io.promptaudit.server.sequence.TrailClock;
import io.promptaudit.server.sequence.WriteHold;

/** Wires the ledger that the sequencer grows. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    @Bean
    @DependsOn("flywayInitializer")
    LedgerTable ledgerTable(JdbcTemplate db) {
        return new LedgerTable(db);
    }

    @Bean
    EventMac eventMac(MasterKey master) {
        return new EventMac(master.derive("events", "HmacSHA256"));
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
    PublishedPolicy publishedPolicy(Epochs epochs, PublishedCheckpoints checkpoints) {
        return PublishedPolicy.of(epochs, checkpoints);
    }

    @Bean
    StoredEvents storedEvents(JdbcTemplate db) {
        return new StoredEvents(db);
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
    Sealer sealer(Epochs epochs, CheckpointStore secondPlace, LedgerTable table, OutsideMemory outside,
            PromptAuditProperties properties) {
        return new Sealer(epochs, secondPlace, table, outside, properties.ledger().patience());
    }

    @Bean
    KeptCheckpoint keptCheckpoint(Seals seals, LedgerTable table, StoredTiles tiles) {
        return new KeptCheckpoint(seals, table, tiles);
    }

    @Bean
    Sealing sealing(Sealer sealer, PromptAuditProperties properties) {
        return position -> sealer.await(position, properties.ledger().patience());
    }

    @Bean
    ProblemMapping notSealed() {
        return ProblemMapping.of(NotSealed.class, failure -> Problem.passing("not-sealed", failure.getMessage(), 1));
    }

    /** Somebody has to repair it: nothing says when to ask again. */
    @Bean
    ProblemMapping ledgerDamaged() {
        return ProblemMapping.of(LedgerDamaged.class, failure -> Problem.of(503, "ledger-damaged", failure.getMessage()));
    }

    @Bean
    ProblemMapping evidenceMissing() {
        return ProblemMapping.of(MissingEvidence.class, failure -> Problem.of(503, "ledger-damaged", failure.getMessage()));
    }

    @Bean
    ProblemMapping keysMissing() {
        return ProblemMapping.of(KeysMissing.class, failure -> Problem.of(503, "ledger-keys-missing", failure.getMessage()));
    }

    @Bean
    GrowingLedger ledger(LedgerTable table, PlatformTransactionManager transactions, StoredEvents events, Sealer sealer,
            EventMac mac, List<WriteHold> holds) {
        return new GrowingLedger(table, new TransactionTemplate(transactions), events, mac, sealer, holds);
    }
}
