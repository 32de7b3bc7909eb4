package io.promptaudit.server.axon;

import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.configuration.UsagePropertyProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.DeserializationFeature;

import io.promptaudit.api.Content;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.server.ledger.EventMac;
import io.promptaudit.server.sequence.TrailClock;

/**
 * Axon on our tables. Every bean that Axon would otherwise choose by itself is named here, because its own choice comes before
 * Spring Boot's data source and is then none at all.
 */
@Configuration(proxyBeanMethods = false)
class AxonConfiguration {
    private static final String UNIQUE_VIOLATION = "23505";

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
    }

    /** By SQL state, which H2 and PostgreSQL share: Axon's own resolver does not know PostgreSQL's. */
    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return failure -> {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState())) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Events are read tolerantly: a field that a later version added does not stop an earlier one. */
    @Bean
    Jackson3SerializerCustomizer eventJson() {
        return json -> json.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(Content.class, StoredContent.class)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    /** Which of {@link Content}'s factories reads an event: the tolerant one. Jackson takes the annotations only. */
    private interface StoredContent {
        @JsonCreator(mode = JsonCreator.Mode.DISABLED)
        static Content of(Object json) {
            return Content.of(json);
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Content ofStored(Object json) {
            return Content.ofStored(json);
        }
    }

    @Bean
    EventStorageEngine eventStorageEngine(ConnectionProvider connections, TransactionManager transactions,
            @Qualifier("eventSerializer") Serializer serializer, PersistenceExceptionResolver conflicts,
            SnapshotFilter snapshots, EventMac mac) {
        EventSchema schema = EventSchema.builder().eventTable("domain_event").snapshotTable("snapshot_event")
                .globalIndexColumn("global_index").timestampColumn("time_stamp").eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("aggregate_identifier").sequenceNumberColumn("sequence_number").typeColumn("type")
                .payloadTypeColumn("payload_type").payloadRevisionColumn("payload_revision").payloadColumn("payload")
                .metaDataColumn("meta_data").build();
        return JdbcEventStorageEngine.builder().connectionProvider(connections).transactionManager(transactions)
                .eventSerializer(serializer).snapshotSerializer(serializer).persistenceExceptionResolver(conflicts)
                .snapshotFilter(snapshots).schema(schema).appendEvents(new AuthenticatedAppend(mac)).build();
    }

    @Bean(name = "eventBus")
    @Qualifier("eventStore")
    EmbeddedEventStore eventStore(EventStorageEngine engine, TrailClock clock) {
        GenericEventMessage.clock = clock;
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    @Bean
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer) {
        TokenSchema schema = TokenSchema.builder().setTokenTable("token_entry").setProcessorNameColumn("processor_name")
                .setSegmentColumn("segment").setTokenColumn("token").setTokenTypeColumn("token_type")
                .setTimestampColumn("time_stamp").setOwnerColumn("owner").build();
        return JdbcTokenStore.builder().connectionProvider(connections).serializer(serializer).schema(schema)
                .contentType(byte[].class).build();
    }

    /** An event carries who acted, and nothing else of the command's metadata. */
    @Bean
    CorrelationDataProvider attribution() {
        return new SimpleCorrelationDataProvider(Arrays
                .asList(EventMetadata.ACCOUNT, EventMetadata.KIND, EventMetadata.ON_BEHALF_OF, EventMetadata.ROLES,
                        EventMetadata.GROUPS, EventMetadata.CREDENTIAL, EventMetadata.REQUEST_ID, EventMetadata.TRACE_ID,
                        EventMetadata.PERSONAL)
                .toArray(String[]::new));
    }

    /** The framework's update checker would report usage to its vendor: off, whatever the environment says. */
    @Bean
    UsagePropertyProvider noUsageReports() {
        return new UsagePropertyProvider() {
            @Override
            public Boolean getDisabled() {
                return true;
            }

            @Override
            public String getUrl() {
                return "";
            }

            @Override
            public int priority() {
                return Integer.MAX_VALUE;
            }
        };
    }
}
