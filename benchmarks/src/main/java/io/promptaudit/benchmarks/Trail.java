package io.promptaudit.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.command.trail.Sequence;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.database.EmbeddedDatabase;
import io.promptaudit.server.keys.MasterKey;
import io.promptaudit.server.ledger.EventMac;
import io.promptaudit.server.ledger.OutsideMemory;
import io.promptaudit.server.ledger.Seals;
import io.promptaudit.server.sequence.Ledger;
import io.promptaudit.server.sequence.Unplaced;

/** The server's database and sequencer, with its ledger or without, and nothing else of it. */
final class Trail implements AutoCloseable {
    private static final String SEQUENCER = "io.promptaudit.server.sequence.SequenceConfiguration";
    private static final String LEDGER = "io.promptaudit.server.ledger.LedgerConfiguration";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Bytes PAYLOAD = text("{\"text\":\"" + "x".repeat(700) + "\"}");
    private static final Bytes METADATA = text("{\"account\":\"" + "x".repeat(300) + "\"}");

    private final ConfigurableApplicationContext context;
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Sequence sequence;
    /** Both are absent without a ledger. */
    private final @Nullable Seals seals;
    private final @Nullable EventMac mac;

    @Import(EmbeddedDatabase.class)
    @ImportAutoConfiguration({FlywayAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class})
    @EnableConfigurationProperties(PromptAuditProperties.class)
    static class Parts {}

    /** In place of the ledger: positions get no leaves, and nothing is signed. */
    static class NoLedger implements Ledger {
        @Override
        public void follow(long head) {}

        @Override
        public void append(List<Unplaced> events, long first) {}

        @Override
        public void durable() {}

        @Override
        public void requireSealing() {}
    }

    static class WithoutLedger {
        @Bean
        Ledger ledger() {
            return new NoLedger();
        }
    }

    /** What the ledger needs of the rest of the server. */
    static class Beside {
        @Bean
        MasterKey masterKey(PromptAuditProperties properties) {
            return MasterKey.in(properties.keys(), false);
        }

        @Bean
        OutsideMemory noWitnesses() {
            return OutsideMemory.NONE;
        }
    }

    private Trail(Path folder, Class<?> parts, String... more) {
        var application = new SpringApplication(Parts.class, parts);
        var sources = new HashSet<>(Set.of(more));
        sources.add(SEQUENCER);
        application.setSources(sources);
        application.setWebApplicationType(WebApplicationType.NONE);
        // What follows the order is not made.
        application.setLazyInitialization(true);
        context = application.run("--promptaudit.data-dir=" + folder,
                "--promptaudit.write.timeout=" + PATIENCE.toSeconds() + "s");
        context.getBean("storeKeeper");
        db = context.getBean(JdbcTemplate.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        sequence = context.getBean(Sequence.class);
        seals = context.getBeanProvider(Seals.class).getIfAvailable();
        mac = context.getBeanProvider(EventMac.class).getIfAvailable();
    }

    /** A trail whose events are durable and in order, and no more: the limit. */
    static Trail withoutLedger(Path folder) {
        return new Trail(folder, WithoutLedger.class);
    }

    /** A trail as it is served. */
    static Trail sealed(Path folder) {
        return new Trail(folder, Beside.class, LEDGER);
    }

    /** Writes an event in a transaction of its own, and returns once it could be answered. */
    void write() {
        String id = UUID.randomUUID().toString();
        var event = new StoredEvent(id, id, 0, "Prompt", "PromptEdited", "1", Instant.now().toString(), PAYLOAD, METADATA);
        sequence.requireAccepting();
        transaction.executeWithoutResult(status -> insert(event));
        long position = sequence.await(id).position();
        if (seals != null && !seals.await(position, PATIENCE)) {
            throw new IllegalStateException("position " + position + " is not sealed");
        }
    }

    private void insert(StoredEvent event) {
        db.update("""
                insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                       payload_revision, time_stamp, payload, meta_data, mac) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                event.eventId(), event.aggregateId(), event.sequence(), event.aggregateType(), event.payloadType(),
                event.payloadRevision(), event.timestamp(), event.payload().toArray(), event.metadata().toArray(),
                mac == null ? null : mac.of(event.hash()));
    }

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        context.close();
    }
}
