package io.promptaudit.server.axon;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.promptaudit.server.PromptAuditProperties;
import io.promptaudit.server.sequence.TrailSource;

/**
 * How projections and subscribers follow the trail. A projection that fails stops and is tried again: it never skips an
 * event. A subscriber ({@link #SUBSCRIBERS}) that fails keeps the event in the dead-letter queue and goes on with others.
 */
@Configuration(proxyBeanMethods = false)
class ProjectionConfiguration {
    /** The prefix of processing groups that tell others, such as webhooks, rather than build views. */
    static final String SUBSCRIBERS = "subscriber.";

    @Bean
    ConfigurerModule processors(TrailSource trail, PromptAuditProperties properties) {
        return configurer -> configurer.eventProcessing(processing -> {
            processing.usingPooledStreamingEventProcessors();
            processing.configureDefaultStreamableMessageSource(c -> trail);
            processing.registerDefaultListenerInvocationErrorHandler(c -> PropagatingErrorHandler.instance());
            processing.registerDefaultErrorHandler(c -> PropagatingErrorHandler.instance());
            processing.registerPooledStreamingEventProcessorConfiguration((c, processor) -> processor.initialSegmentCount(1)
                    .batchSize(properties.views().batch()).initialToken(StreamableMessageSource::createTailToken)
                    .tokenClaimInterval(1000));
        });
    }

    @Bean
    DeadLetterSchema deadLetterSchema() {
        return DeadLetterSchema.builder().deadLetterTable("dead_letter").deadLetterIdentifierColumn("dead_letter_id")
                .processingGroupColumn("processing_group").sequenceIdentifierColumn("sequence_identifier")
                .sequenceIndexColumn("sequence_index").messageTypeColumn("message_type")
                .eventIdentifierColumn("event_identifier").timestampColumn("time_stamp").payloadTypeColumn("payload_type")
                .payloadRevisionColumn("payload_revision").payloadColumn("payload").metaDataColumn("meta_data")
                .aggregateTypeColumn("aggregate_type").aggregateIdentifierColumn("aggregate_identifier")
                .sequenceNumberColumn("sequence_number").tokenTypeColumn("token_type").tokenColumn("token")
                .enqueuedAtColumn("enqueued_at").lastTouchedColumn("last_touched")
                .processingStartedColumn("processing_started").causeTypeColumn("cause_type")
                .causeMessageColumn("cause_message").diagnosticsColumn("diagnostics").build();
    }

    @Bean
    ConfigurerModule deadLetters(ConnectionProvider connections, TransactionManager transactions, DeadLetterSchema schema,
            @Qualifier("eventSerializer") Serializer eventSerializer, Serializer serializer) {
        return configurer -> configurer.eventProcessing(processing -> processing.registerDeadLetterQueueProvider(group -> {
            if (!group.startsWith(SUBSCRIBERS)) {
                return null;
            }
            return c -> JdbcSequencedDeadLetterQueue.builder().processingGroup(group).connectionProvider(connections)
                    .transactionManager(transactions).schema(schema).eventSerializer(eventSerializer)
                    .genericSerializer(serializer).build();
        }));
    }
}
