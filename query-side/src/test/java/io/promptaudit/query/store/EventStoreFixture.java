package io.promptaudit.query.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.promptaudit.api.ChatMessage;
import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.event.PromptEvent;
import io.promptaudit.query.view.Patience;
import io.promptaudit.query.view.Signatories;

/** An event store in memory with the tables of the migration, and rows written as the command side writes them. */
public final class EventStoreFixture implements AutoCloseable {
    private static final String SEALED = "sealed:";

    private final JdbcClient db;
    private final Runnable closing;
    private final Set<String> erased = new HashSet<>();
    private final Serializer serializer = Jackson3Serializer.builder().lenientDeserialization()
            .jsonMapperBuilderCustomizer(mapper -> mapper.addMixIn(ChatMessage.class, StoredMessage.class)).build();

    /** In H2. */
    public EventStoreFixture() {
        this(JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "sa", ""));
    }

    private EventStoreFixture(JdbcConnectionPool pool) {
        this(pool, "BLOB", pool::dispose);
    }

    /** In another database, with its type for bytes. */
    EventStoreFixture(DataSource database, String bytes, Runnable closing) {
        this.closing = closing;
        db = JdbcClient.create(database);
        db.sql("""
                create table domain_event (
                    global_index BIGINT generated always as identity primary key,
                    event_identifier VARCHAR(64) not null unique,
                    aggregate_identifier VARCHAR(512) not null,
                    sequence_number BIGINT not null,
                    type VARCHAR(64),
                    payload_type VARCHAR(255) not null,
                    payload_revision VARCHAR(32),
                    time_stamp VARCHAR(40) not null,
                    payload %s not null,
                    meta_data %s not null,
                    unique (aggregate_identifier, sequence_number))
                """.formatted(bytes, bytes)).update();
        db.sql("create table event_position (position BIGINT primary key, global_index BIGINT not null unique)")
                .update();
    }

    public JdbcClient db() {
        return db;
    }

    public PromptEvents events() {
        return new PromptEvents(db, serializer, NoOpEventUpcaster.INSTANCE, () -> Long.MAX_VALUE,
                new Patience(Duration.ofSeconds(2), () -> Long.MAX_VALUE));
    }

    /** Names as the events themselves hold them; sealed here is what begins so. */
    public Signatories signatories() {
        return new StoredSignatories(db, serializer, (account, sealed) -> sealed == null || erased.contains(account)
                ? null
                : new PersonalDetails(sealed.substring(SEALED.length()), null, null));
    }

    /** Forgets the key of an account. */
    void erase(String account) {
        erased.add(account);
    }

    /** Records the event as the prompt's next and gives it its position; answers its id. */
    public String record(PromptEvent event, Instant at, String account) {
        String id = recordWithoutPosition(event, at, account);
        givePositions();
        return id;
    }

    /** The same for what the account did for a person. */
    String record(PromptEvent event, Instant at, String account, String person) {
        String id = write(UUID.randomUUID().toString(), event, at, account, person);
        givePositions();
        return id;
    }

    /** Records the events under their own ids. */
    void record(List<RecordedEvent> trail) {
        trail.forEach(each -> write(each.when().id(), each.event(), each.when().at(), each.when().actor().account(),
                each.when().actor().onBehalfOf()));
        givePositions();
    }

    /** Records the event, as when the sequencer has not seen it yet. */
    public String recordWithoutPosition(PromptEvent event, Instant at, String account) {
        return write(UUID.randomUUID().toString(), event, at, account, null);
    }

    private String write(String id, PromptEvent event, Instant at, String account, @Nullable String person) {
        var payload = serializer.serialize(event, byte[].class);
        var who = MetaData.with(EventMetadata.ACCOUNT, account).and(EventMetadata.KIND, "person").and(EventMetadata.PERSONAL,
                SEALED + "Name of " + account);
        var metadata = serializer.serialize(person == null ? who : who.and(EventMetadata.ON_BEHALF_OF, person), byte[].class);
        return insert(id, event.prompt(), payload.getType().getName(), payload.getType().getRevision(), at,
                payload.getData(), metadata.getData());
    }

    /** Records these very bytes. */
    public String insert(String prompt, String type, String revision, Instant at, byte[] payload, byte[] metadata) {
        return insert(UUID.randomUUID().toString(), prompt, type, revision, at, payload, metadata);
    }

    private String insert(String id, String prompt, String type, String revision, Instant at, byte[] payload,
            byte[] metadata) {
        db.sql("""
                insert into domain_event (event_identifier, aggregate_identifier, sequence_number, type, payload_type,
                                          payload_revision, time_stamp, payload, meta_data)
                values (:id, :aggregate,
                        (select coalesce(max(sequence_number) + 1, 0) from domain_event
                          where aggregate_identifier = :aggregate),
                        'Prompt', :type, :revision, :time, :payload, :metadata)
                """).param("id", id).param("aggregate", "prompt:" + prompt).param("type", type)
                .param("revision", revision).param("time", DateTimeUtils.formatInstant(at)).param("payload", payload)
                .param("metadata", metadata).update();
        return id;
    }

    /** Does what the sequencer does. */
    public void givePositions() {
        db.sql("""
                insert into event_position (position, global_index)
                select (select coalesce(max(position), 0) from event_position)
                           + row_number() over (order by e.global_index), e.global_index
                  from domain_event e
                 where not exists (select 1 from event_position p where p.global_index = e.global_index)
                """).update();
    }

    @Override
    public void close() {
        closing.run();
    }

    /** Whether a message is a placeholder follows from its type and is not stored beside it. */
    @JsonIgnoreProperties("placeholder")
    private interface StoredMessage {}
}
