package io.promptaudit.server.sequence;

import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;

import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.database.Durability;

/** Wires the sequencer and the source that follows it. */
@Configuration(proxyBeanMethods = false)
class SequenceConfiguration {

    @Bean
    Head trailHead() {
        return new Head();
    }

    @Bean
    PositionTable positionTable(JdbcTemplate db, PlatformTransactionManager transactions) {
        return new PositionTable(db, new TransactionTemplate(transactions));
    }

    @Bean
    Sequencer sequencer(PositionTable table, Durability durability, Head head, Ledger ledger,
            PromptAuditProperties properties) {
        return new Sequencer(table, durability, head, ledger, properties.write().timeout());
    }

    /** Primary, because Axon's event store offers a stream too: one by insertion, which can skip events. */
    @Bean
    @Primary
    TrailSource trailSource(DataSource dataSource, @Qualifier("eventSerializer") Serializer serializer, Head head) {
        return new TrailSource(new JdbcTemplate(dataSource), serializer, head);
    }

    @Bean
    TrailClock trailClock(PositionTable table) {
        return new TrailClock(Clock.systemUTC(), table.timeOfNewest().orElse(Instant.EPOCH));
    }
}
