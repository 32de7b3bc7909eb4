package io.promptaudit.query;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.promptaudit.api.AccountKind;
import io.promptaudit.api.Caller;
import io.promptaudit.api.Grant;
import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.Role;
import io.promptaudit.api.UnknownThing;
import io.promptaudit.query.feed.CallerRefresh;
import io.promptaudit.query.feed.Feed;
import io.promptaudit.query.feed.InMemoryTrail;
import io.promptaudit.query.feed.TooManyStreams;
import io.promptaudit.query.feed.web.SseStreams;
import io.promptaudit.query.gate.QueryGate;
import io.promptaudit.query.store.EventStoreFixture;
import io.promptaudit.query.store.PromptEvents;
import io.promptaudit.query.web.Questions;

/**
 * A real web server on a random loopback port around the endpoints, as little of the server as they need. Who calls is in
 * the header {@code X-Caller}: the pattern that the caller views, or {@code auditor}.
 */
public final class QuerySideApplication implements AutoCloseable {
    /** The patterns whose callers may read no more. */
    public final Map<String, Boolean> revoked = new ConcurrentHashMap<>();
    public final InMemoryTrail trail = new InMemoryTrail();
    public final EventStoreFixture store = new EventStoreFixture();
    public final int port;
    private final ConfigurableApplicationContext context;

    /** Starts with this heartbeat and so many places for streams. */
    public QuerySideApplication(Duration heartbeat, int most) {
        var application = new SpringApplication(Wiring.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setDefaultProperties(Map.of("server.port", "0", "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off", "logging.level.root", "warn", "spring.autoconfigure.exclude",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"));
        application.addInitializers(started -> {
            var beans = started.getBeanFactory();
            CallerRefresh refresh = caller -> revoked.containsKey(caller.account())
                    ? Optional.empty()
                    : Optional.of(caller);
            var feed = new Feed(trail);
            beans.registerSingleton("feed", feed);
            beans.registerSingleton("promptEvents", store.events());
            beans.registerSingleton("signatories", store.signatories());
            beans.registerSingleton("places", new Places(heartbeat, most, refresh));
        });
        context = application.run();
        port = Integer.parseInt(Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
    }

    /** The open streams of the feed. */
    public SseStreams streams() {
        return context.getBean(SseStreams.class);
    }

    /** Stops the server, as a shutdown does. */
    @Override
    public void close() {
        context.close();
        store.close();
    }

    record Places(Duration heartbeat, int most, CallerRefresh refresh) {}

    @EnableAutoConfiguration
    @ComponentScan({"io.promptaudit.query.store", "io.promptaudit.query.diff", "io.promptaudit.query.feed"})
    @Import({Problems.class, Questions.class})
    static class Wiring implements WebMvcConfigurer {
        @Bean
        SseStreams streams(Feed feed, Places places) {
            return new SseStreams(feed, places.refresh, places.heartbeat, places.most);
        }

        @Bean
        QueryGateway queries(ApplicationContext context, PromptEvents events) {
            var bus = SimpleQueryBus.builder().build();
            bus.registerHandlerInterceptor(new QueryGate(List.of(), (_, _, _) -> {}));
            for (String handler : List.of("storeQueries", "diffQueries")) {
                new AnnotationQueryHandlerAdapter<>(context.getBean(handler)).subscribe(bus);
            }
            return DefaultQueryGateway.builder().queryBus(bus).build();
        }

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(new CallerOfHeader());
        }
    }

    private static final class CallerOfHeader implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Caller resolveArgument(MethodParameter parameter, ModelAndViewContainer container,
                NativeWebRequest request, WebDataBinderFactory binders) {
            String name = Objects.requireNonNull(request.getHeader("X-Caller"));
            var grant = name.equals("auditor")
                    ? new Grant(Role.AUDITOR, Grant.EVERY_PROMPT)
                    : new Grant(Role.VIEWER, name);
            return new Caller(name, AccountKind.PERSON, null, List.of(grant), "password");
        }
    }

    @RestControllerAdvice
    static class Problems {
        @ExceptionHandler
        ProblemDetail malformed(MalformedRequest failure) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, failure.getMessage());
        }

        @ExceptionHandler
        ProblemDetail unknown(UnknownThing failure) {
            return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, failure.type());
        }

        @ExceptionHandler
        ResponseEntity<ProblemDetail> full(TooManyStreams failure) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header("Retry-After", Long.toString(failure.retryAfter().toSeconds()))
                    .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, failure.getMessage()));
        }
    }
}
