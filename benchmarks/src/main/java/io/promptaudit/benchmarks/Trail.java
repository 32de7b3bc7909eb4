package io.promptaudit.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

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
import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.database.EmbeddedDatabase;
import io.promptaudit.server.ledger.Seals;
import io.promptaudit.server.sequence.Ledger;
import io.promptaudit.server.sequence.Unplaced;

/** The server's database and sequencer, with its ledger or without, and nothing else of it. */
final class Trail implements AutoCloseable {
    private static final String SEQUENCER = "io.promptaudit.server.sequence.SequenceConfiguration";
    private static final String LEDGER = "io.promptaudit.server.ledger.LedgerConfiguration";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final byte[] PAYLOAD = ("{\"text\":\"" + "x".repeat(700) + "\"}").getBytes(StandardCharsets.UTF_8);
    private static final byte[] METADATA = ("{\"account\":\"" + "x".repeat(300) + "\"}").getBytes(StandardCharsets.UTF_8);

    private final ConfigurableApplicationContext context;
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;
    private final Sequence sequence;
    private final List<Seals> seals;

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
        seals = context.getBeanProvider(Seals.class).stream().toList();
    }

    /** A trail whose events are durable and in order, and no more: the limit. */
    static Trail withoutLedger(Path folder) {
        return new Trail(folder, WithoutLedger.class);
    }

    /** A trail as it is served. */
    static Trail sealed(Path folder) {
        return new Trail(folder, Parts.class, LEDGER);
    }

    /** Writes an event in a transaction of its own, and returns once it could be answered. */
    void write() {
        String id = UUID.randomUUID().toString();
        sequence.requireAccepting();
        transaction.executeWithoutResult(status -> db.update(
                """
                        insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                                payload_revision, time_stamp, payload, meta_data) values (?, ?, 0, 'Prompt', 'PromptEdited', '1', ?, ?, ?)""",
                id, id, Instant.now().toString(), PAYLOAD, METADATA));
        long position = sequence.await(id).position();
        for (Seals seal : seals) {
            if (!seal.await(position, PATIENCE)) {
                throw new IllegalStateException("position " + position + " is not sealed");
            }
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
