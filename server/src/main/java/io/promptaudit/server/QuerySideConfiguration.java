package io.promptaudit.server;

import java.util.List;
import java.util.stream.IntStream;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.PersonalDetails;
import io.promptaudit.command.trail.Readings;
import io.promptaudit.command.trail.RequestContext;
import io.promptaudit.command.validation.GrantRules;
import io.promptaudit.query.deployments.EmergencyDebts;
import io.promptaudit.query.feed.CallerRefresh;
import io.promptaudit.query.feed.Feed;
import io.promptaudit.query.feed.TooManyStreams;
import io.promptaudit.query.feed.web.SseStreams;
import io.promptaudit.query.gate.QueryGate;
import io.promptaudit.query.store.PromptEvents;
import io.promptaudit.query.store.StoredSignatories;
import io.promptaudit.query.view.Patience;
import io.promptaudit.query.view.Signatories;
import io.promptaudit.query.view.ViewBehind;
import io.promptaudit.query.view.ViewHeads;
import io.promptaudit.server.http.Problem;
import io.promptaudit.server.http.ProblemMapping;
import io.promptaudit.server.http.QuestionContexts;
import io.promptaudit.server.sequence.TrailClock;
import io.promptaudit.server.sequence.TrailSource;
import io.promptaudit.server.sso.Tickets;

import static java.util.Objects.requireNonNull;

/** Wires the side that tells. */
@Configuration(proxyBeanMethods = false)
class QuerySideConfiguration {

    @Bean
    Patience patience(PromptAuditProperties properties, TrailSource trail) {
        return new Patience(properties.views().patience(), trail::head);
    }

    @Bean
    ViewHeads viewHeads(JdbcClient db, Patience patience) {
        return new ViewHeads(db, patience);
    }

    @Bean
    PromptEvents promptEvents(JdbcClient db, @Qualifier("eventSerializer") Serializer serializer, TrailSource trail,
            Patience patience) {
        return new PromptEvents(db, serializer, NoOpEventUpcaster.INSTANCE, trail::head, patience);
    }

    /** Before the first query can arrive. */
    @Bean
    ConfigurerModule queryGuard(ObjectProvider<QueryGate> gate) {
        return configurer -> configurer.onInitialize(axon -> axon.onStart(Phase.INSTRUCTION_COMPONENTS, () -> {
            axon.queryBus().registerDispatchInterceptor(new QuestionContexts());
            axon.queryBus().registerHandlerInterceptor(gate.getObject());
        }));
    }

    @Bean
    QueryGate queryGate(PromptAuditProperties properties, Readings readings) {
        List<String> patterns = properties.auditReads();
        IntStream.range(0, patterns.size())
                .forEach(i -> GrantRules.pattern("promptaudit.audit-reads[%d]".formatted(i), patterns.get(i)));
        return new QueryGate(patterns, (reader, reads, asked) -> readings.record(reads, reader,
                (RequestContext) requireNonNull(asked.get(QuestionContexts.CONTEXT))));
    }

    @Bean
    Signatories signatories(JdbcClient db, @Qualifier("eventSerializer") Serializer serializer, PersonalDetails.Vault vault) {
        return new StoredSignatories(db, serializer, vault);
    }

    @Bean
    EmergencyDebts emergencyDebts(JdbcClient db, TrailClock clock, PromptAuditProperties properties) {
        return new EmergencyDebts(db, clock, properties.emergencies().reviewWithin());
    }

    @Bean
    Feed feed(StreamableMessageSource<TrackedEventMessage<?>> trail) {
        return new Feed(trail);
    }

    /** A stream outlives grants, tokens and sessions: what it may show is asked again as it goes. */
    @Bean
    CallerRefresh callerRefresh(Tickets tickets) {
        return tickets::current;
    }

    @Bean
    SseStreams sseStreams(Feed feed, CallerRefresh refresh, PromptAuditProperties properties) {
        return new SseStreams(feed, refresh, properties.feed().heartbeat(), properties.feed().streams());
    }

    @Bean
    ProblemMapping viewBehind() {
        return ProblemMapping.of(ViewBehind.class,
                failure -> Problem.passing("view-behind", String.valueOf(failure.getMessage()), 1));
    }

    @Bean
    ProblemMapping tooManyStreams() {
        return ProblemMapping.of(TooManyStreams.class, failure -> Problem.passing("too-many-streams",
                String.valueOf(failure.getMessage()), (int) failure.retryAfter().toSeconds()));
    }
}
