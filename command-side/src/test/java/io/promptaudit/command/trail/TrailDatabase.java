package io.promptaudit.command.trail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.h2.jdbcx.JdbcConnectionPool;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;

/** The trail's tables as the migrations make them, in an H2 database in memory, used with the rights of the runtime user. */
public final class TrailDatabase implements AutoCloseable {
    private static final Path MIGRATIONS = Path.of("..", "server", "src", "main", "resources", "db", "migration");
    private static final List<String> TABLES = List.of("V1__trail.sql", "V4_2__schedules.sql");

    private final JdbcConnectionPool owner;
    private final JdbcConnectionPool runtime;

    /** An empty trail. */
    public TrailDatabase() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        owner = JdbcConnectionPool.create(url + ";DB_CLOSE_DELAY=-1", "sa", "");
        asOwner("create user trail password ''");
        TABLES.forEach(tables -> asOwner(migration(tables)));
        runtime = JdbcConnectionPool.create(url, "trail", "");
    }

    private static String migration(String name) {
        try {
            return Files.readString(MIGRATIONS.resolve(name)).replace("${bytes}", "BLOB").replace("${runtime}", "trail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what nobody but the schema's owner may: for planting what must be found. */
    public void asOwner(String sql) {
        try (Connection connection = owner.getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The owner's view of the tables. */
    public JdbcClient owner() {
        return JdbcClient.create(owner);
    }

    /** The tables, with the rights that the running server has. */
    public JdbcClient client() {
        return JdbcClient.create(runtime);
    }

    /** Connections of the runtime user. */
    public DataSource dataSource() {
        return runtime;
    }

    /** The event store on these tables, as the server configures it. */
    public EmbeddedEventStore eventStore(SnapshotFilter snapshots) {
        EventSchema schema = EventSchema.builder().eventTable("domain_event").snapshotTable("snapshot_event")
                .globalIndexColumn("global_index").timestampColumn("time_stamp").eventIdentifierColumn("event_identifier")
                .aggregateIdentifierColumn("aggregate_identifier").sequenceNumberColumn("sequence_number").typeColumn("type")
                .payloadTypeColumn("payload_type").payloadRevisionColumn("payload_revision").payloadColumn("payload")
                .metaDataColumn("meta_data").build();
        var engine = JdbcEventStorageEngine.builder()
                .connectionProvider(new UnitOfWorkAwareConnectionProviderWrapper(runtime::getConnection))
                .transactionManager(NoTransactionManager.instance()).eventSerializer(eventSerializer())
                .snapshotSerializer(eventSerializer()).snapshotFilter(snapshots).schema(schema).build();
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /** Writes and reads events as the server does. */
    public static Serializer eventSerializer() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(json -> json.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .changeDefaultPropertyInclusion(
                                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL)))
                .build();
    }

    @Override
    public void close() {
        asOwner("shutdown");
        runtime.dispose();
        owner.dispose();
    }
}
