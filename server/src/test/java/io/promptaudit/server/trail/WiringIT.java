package io.promptaudit.server.trail;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.updates.configuration.UsagePropertyProvider;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

import io.promptaudit.server.sequence.TrailClock;
import io.promptaudit.server.sequence.TrailSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Axon would choose by itself on this Spring Boot is no transaction, no event store and XStream: none of it may be in use. */
class WiringIT {
    @TempDir
    static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void transactionsAreSprings() {
        assertThat(server.bean(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
    }

    @Test
    void withoutAnIdentityProviderThereIsOneWayIn() {
        assertThat(server.context().getBeansOfType(SecurityFilterChain.class)).hasSize(1);
        assertThat(server.context().getBeansOfType(ClientRegistrationRepository.class)).isEmpty();
        assertThat(server.context().getBeansOfType(JwtDecoder.class)).isEmpty();
    }

    @Test
    void eventsLieInOurTables() {
        assertThat(server.bean(EventBus.class)).isInstanceOf(EmbeddedEventStore.class);
        assertThat(server.bean(EventStorageEngine.class)).isInstanceOf(JdbcEventStorageEngine.class);
        assertThat(server.bean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
    }

    @Test
    void everySerializerIsJackson3() {
        assertThat(server.context().getBeansOfType(Serializer.class).values()).isNotEmpty()
                .allSatisfy(serializer -> assertThat(serializer).isInstanceOf(Jackson3Serializer.class));
    }

    @Test
    void projectionsPropagateTheirErrorsAndFollowPositions() {
        var processing = server.bean(EventProcessingConfiguration.class);
        assertThat(processing.eventProcessors()).isNotEmpty().allSatisfy((group, processor) -> {
            assertThat(processor).isInstanceOf(PooledStreamingEventProcessor.class);
            assertThat(processing.listenerInvocationErrorHandler(group)).isInstanceOf(PropagatingErrorHandler.class);
            assertThat(processing.errorHandler(group)).isInstanceOf(PropagatingErrorHandler.class);
            assertThat(((PooledStreamingEventProcessor) processor).processingStatus().values()).hasSize(1)
                    .allSatisfy(status -> assertThat(status.getTrackingToken()).isInstanceOf(GlobalSequenceTrackingToken.class));
            assertThat(processing.deadLetterQueue(group)).isEmpty();
        });
    }

    /** Processors that are not told would look for new events twice a second, and every reader of its own write would wait. */
    @Test
    void streamsTellAtOnceThatAnEventHasCome() {
        var told = new AtomicInteger();
        try (var stream = server.bean(TrailSource.class).openStream(null)) {
            assertThat(stream.setOnAvailableCallback(told::incrementAndGet)).isTrue();
            assertThat(server.post("admin", "/api/v1/prompts", "{}").status()).isEqualTo(403);
            assertThat(told).hasPositiveValue();
        }
        int before = told.get();
        assertThat(server.post("admin", "/api/v1/prompts", "{}").status()).isEqualTo(403);
        assertThat(told).hasValue(before);
    }

    @Test
    void axonServerIsOff() {
        assertThat(server.bean(CommandBus.class)).isInstanceOf(SimpleCommandBus.class);
    }

    @Test
    void eventsTakeTheTrailsClock() {
        assertThat(GenericEventMessage.clock).isInstanceOf(TrailClock.class);
    }

    @Test
    void usageIsReportedToNobody() {
        assertThat(server.bean(Configuration.class).getComponent(UsagePropertyProvider.class).getDisabled()).isTrue();
    }

    @Test
    void theRuntimeUserCanNeitherChangeNorRemoveEvents() {
        var db = server.bean(JdbcClient.class);
        assertThat(db.sql("select current_user").query(String.class).single()).isEqualTo("PROMPTAUDIT");
        for (String forbidden : List.of("update domain_event set payload_type = 'x'", "delete from domain_event",
                "merge into domain_event (global_index) key (global_index) values (1)", "truncate table domain_event",
                "drop table domain_event", "alter table domain_event add x int", "update event_position set position = 0",
                "delete from event_position", "truncate table event_position", "update answer set event_id = 'x'",
                "update environment_name set name = 'x'", "create table mine (x int)", "set write_delay 0",
                "backup to 'x'", "shutdown", "set referential_integrity false",
                "grant update on domain_event to promptaudit", "alter user promptaudit admin true",
                "create alias run for 'java.lang.System.exit'", "delete from \"flyway_schema_history\"")) {
            assertThatThrownBy(() -> db.sql(forbidden).update()).as(forbidden).rootCause()
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getErrorCode()).as(forbidden + ": " + e)
                            .isIn(ErrorCode.NOT_ENOUGH_RIGHTS_FOR_1, ErrorCode.ADMIN_RIGHTS_REQUIRED,
                                    ErrorCode.CANNOT_TRUNCATE_1));
        }
    }
}
