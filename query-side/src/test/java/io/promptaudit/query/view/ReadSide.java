package io.promptaudit.query.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.promptaudit.api.Caller;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.KeyUses;
import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.Page;
import io.promptaudit.api.query.ProjectionView;
import io.promptaudit.api.query.Query;
import io.promptaudit.api.query.Signatory;
import io.promptaudit.api.query.ViewQuery.ListProjections;
import io.promptaudit.query.deployments.EmergencyDebts;
import io.promptaudit.query.gate.QueryGate;

/** The whole read side on a real database with the real migration, fed from a trail in memory. */
public final class ReadSide implements AutoCloseable {
    private static final String MIGRATIONS = "../server/src/main/resources/db/";
    private static final List<String> TABLES = List.of("migration/V2__views.sql", "migration/V4_1__schedules_view.sql");
    private static final String H2_TABLES = "h2/V8__long_texts.sql";
    private static final String[] VIEWS = {"view", "catalogue", "versions", "approvals", "deployments", "schedules", "audit",
            "accounts", "environments", "changes"};

    private final HikariDataSource pool = new HikariDataSource();
    private final Trail trail = new Trail();
    private volatile Instant now = Trail.START;
    private final Set<String> erased = new HashSet<>();
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final QueryGateway queries;
    private final Map<String, AnnotationEventHandlerAdapter> handlers = new HashMap<>();
    private final DataSourceTransactionManager transactions;

    private ReadSide(@Nullable DataSource database) {
        if (database == null) {
            pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        } else {
            pool.setDataSource(database);
        }
        pool.setMaximumPoolSize(12);
        TABLES.forEach(this::migrate);
        if (database == null) {
            migrate(H2_TABLES);
        }
        transactions = new DataSourceTransactionManager(pool);
        context.registerBean(Trail.class, () -> trail);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(pool));
        context.registerBean(ViewHeads.class,
                () -> new ViewHeads(JdbcClient.create(pool), new Patience(Duration.ofSeconds(2), trail::end)));
        context.registerBean(DataSourceTransactionManager.class, () -> transactions);
        context.registerBean(EmergencyDebts.class,
                () -> new EmergencyDebts(JdbcClient.create(pool), () -> now, Duration.ofDays(3)));
        context.registerBean(PersonalDetails.Vault.class, () -> this::open);
        context.registerBean(KeyUses.class, () -> _ -> Map.of());
        context.registerBean(Signatories.class, () -> this::signatories);
        for (String view : VIEWS) {
            context.scan("io.promptaudit.query." + view);
        }
        context.refresh();
        var bus = SimpleQueryBus.builder().build();
        bus.registerHandlerInterceptor(new QueryGate(List.of(), (_, _, _) -> {}));
        queries = DefaultQueryGateway.builder().queryBus(bus).build();
        for (String name : context.getBeanDefinitionNames()) {
            new AnnotationQueryHandlerAdapter<>(context.getBean(name)).subscribe(bus);
        }
        for (var view : views()) {
            handlers.put(view.name(), new AnnotationEventHandlerAdapter(view));
        }
        awaitIdle();
    }

    /** On H2, in memory. */
    public static ReadSide onH2() {
        return new ReadSide(null);
    }

    /** On an empty database. */
    static ReadSide on(DataSource database) {
        return new ReadSide(database);
    }

    private void migrate(String file) {
        new ResourceDatabasePopulator(new FileSystemResource(MIGRATIONS + file)).execute(pool);
    }

    private @Nullable PersonalDetails open(String account, @Nullable String sealed) {
        return sealed == null || erased.contains(account)
                ? null
                : new PersonalDetails("Name of " + sealed.substring("sealed:".length()), "192.0.2.7", "curl");
    }

    private Map<String, Signatory> signatories(Collection<String> events) {
        var signatories = new HashMap<String, Signatory>();
        for (var message : trail.after(0, Integer.MAX_VALUE)) {
            var metadata = message.getMetaData();
            var person = open(String.valueOf(metadata.get(EventMetadata.ACCOUNT)), (String) metadata.get(EventMetadata.PERSONAL));
            if (events.contains(message.getIdentifier())) {
                signatories.put(message.getIdentifier(), new Signatory(person == null ? null : person.displayName(),
                        (String) metadata.get(EventMetadata.ON_BEHALF_OF)));
            }
        }
        return signatories;
    }

    /** Deletes the key of an account's personal details. */
    public void erase(String account) {
        erased.add(account);
    }

    Trail trail() {
        return trail;
    }

    JdbcClient db() {
        return bean(JdbcClient.class);
    }

    DataSourceTransactionManager transactions() {
        return transactions;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    List<View> views() {
        return List.copyOf(context.getBeansOfType(View.class).values());
    }

    View view(String name) {
        return views().stream().filter(view -> view.name().equals(name)).findFirst().orElseThrow();
    }

    /** Appends what an account did, lets every view take it in, and answers the position. */
    public long given(String account, TrailEvent event) {
        long position = trail.append(account, event);
        catchUp();
        return position;
    }

    /** The same for what an account did for a person. */
    public long given(String account, String person, TrailEvent event) {
        long position = trail.append(account, person, event);
        catchUp();
        return position;
    }

    /** Lets the server's clock say so. */
    public void at(Instant moment) {
        now = moment;
    }

    /** The time of the last event. */
    public Instant now() {
        return trail.now();
    }

    /** Lets every view take in the whole trail. */
    public void catchUp() {
        views().forEach(view -> catchUp(view, 256));
    }

    /** Lets one view take in the whole trail, as a streaming processor would: a batch in each transaction. */
    void catchUp(View view, int batch) {
        long head = bean(ViewHeads.class).read(view.name()).position();
        while (head < trail.end()) {
            var events = trail.after(head, batch);
            var handler = handlers.get(view.name());
            var work = new BatchingUnitOfWork<>(events);
            work.attachTransaction(new SpringTransactionManager(transactions));
            var result = work.executeWithResult(() -> handler == null ? null : handler.handle(work.getMessage()));
            if (result.isExceptional()) {
                throw new IllegalStateException("the view " + view.name(), result.exceptionResult());
            }
            head += events.size();
        }
    }

    /** Asks, and throws what the handler throws. */
    public <R> R ask(Query query, Class<R> answer) {
        try {
            return queries.query(query, ResponseTypes.instanceOf(answer)).get();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    public QueryGateway queries() {
        return queries;
    }

    ProjectionView status(String view) {
        return ask(new ListProjections(Callers.ADMIN, null), Page.Projections.class).items().stream()
                .filter(each -> each.view().equals(view)).findFirst().orElseThrow();
    }

    /** Waits until nobody rebuilds or compares, having done so at least once. */
    void awaitIdle() {
        for (var view : views()) {
            var status = status(view.name());
            while (!status.state().equals("live") || status.reconciliation() == null) {
                Thread.onSpinWait();
                status = status(view.name());
            }
        }
    }

    /** Every row of a view's generation that counts, without the generation. */
    List<Map<String, Object>> rows(View view, ViewTable table) {
        return db().sql("select * from " + table.name() + " where generation = " + ViewHeads.current(view.name())).query()
                .listOfRows().stream().map(row -> {
                    row.remove("generation");
                    return row;
                }).toList();
    }

    @Override
    public void close() {
        context.close();
        pool.close();
    }

    /** Callers of each kind. */
    public static final class Callers {
        public static final Caller ADMIN = Callers.of("root", "admin:**");
        public static final Caller AUDITOR = Callers.of("aud", "auditor:**");
        public static final Caller EVERYONE = Callers.of("eve", "viewer:**");
        public static final Caller STRANGER = Callers.of("stranger");

        private Callers() {}

        /** A caller with grants written as {@code role:pattern}. */
        public static Caller of(String account, String... grants) {
            return new Caller(account, io.promptaudit.api.AccountKind.PERSON, null,
                    java.util.stream.Stream.of(grants).map(grant -> grant.split(":", 2))
                            .map(parts -> new io.promptaudit.api.Grant(
                                    io.promptaudit.api.Role.valueOf(parts[0].toUpperCase(java.util.Locale.ROOT)), parts[1]))
                            .toList(),
                    "password");
        }
    }
}
