package io.promptaudit.server.sequence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

import static java.util.Objects.requireNonNull;

/**
 * The events in the one order, for Axon's processors and everyone else who follows them. A token is a position; no stream
 * goes beyond the head, so nobody sees an event before it is durable, or misses one that committed late.
 */
public final class TrailSource implements StreamableMessageSource<TrackedEventMessage<?>> {
    private static final int PAGE = 256;
    /** A page ends with the event that makes it longer than this. */
    private static final long MOST_BYTES = 4L << 20;
    /** Newest events stay deserialised, because every projection and every feed reads them at about the same time. */
    private static final int KEPT = 1024;
    /** Larger payloads are not kept. */
    private static final int LARGEST_KEPT = 64 * 1024;

    private final JdbcTemplate db;
    private final Serializer serializer;
    private final Head head;
    private final Cache<Long, TrackedEventMessage<?>> recent = Caffeine.newBuilder().maximumSize(KEPT).build();

    TrailSource(JdbcTemplate db, Serializer serializer, Head head) {
        this.db = db;
        this.serializer = serializer;
        this.head = head;
    }

    /** The last position that can be read. */
    public long head() {
        return head.position();
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return new TrailStream(this, head, after == null ? 0 : after.position().orElse(0));
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(head.position());
    }

    @Override
    public TrackingToken createTokenAt(Instant moment) {
        // Times are not monotone along positions, because a late commit stands behind: start at the first event from then on.
        Long first = db.queryForObject("""
                select min(p.position) from domain_event e join event_position p on p.global_index = e.global_index
                where e.time_stamp >= ?""", Long.class, moment.toString());
        return new GlobalSequenceTrackingToken(first == null ? head.position() : first - 1);
    }

    /** The next events behind {@code position}, at most one page; none when {@code position} is the head. */
    List<TrackedEventMessage<?>> after(long position) {
        long last = head.position();
        var page = new ArrayList<TrackedEventMessage<?>>();
        for (long next = position + 1; next <= last && page.size() < PAGE; next++) {
            TrackedEventMessage<?> kept = recent.getIfPresent(next);
            if (kept == null) {
                break;
            }
            page.add(kept);
        }
        return page.isEmpty() && position < last ? read(position, last) : page;
    }

    private List<TrackedEventMessage<?>> read(long position, long last) {
        ResultSetExtractor<List<TrackedDomainEventData<byte[]>>> reader = TrailSource::page;
        List<TrackedDomainEventData<byte[]>> rows = requireNonNull(db.query("""
                select p.position, e.event_identifier, e.aggregate_identifier, e.sequence_number, e.type, e.payload_type,
                       e.payload_revision, e.time_stamp, e.payload, e.meta_data
                from event_position p join domain_event e on e.global_index = p.global_index
                where p.position > ? and p.position <= ? order by p.position limit ?""", reader, position, last, PAGE));
        var page = new ArrayList<TrackedEventMessage<?>>(rows.size());
        for (TrackedDomainEventData<byte[]> row : rows) {
            TrackedEventMessage<?> message = EventUtils.upcastAndDeserializeTrackedEvents(
                    Stream.<TrackedEventData<?>>of(row), serializer, NoOpEventUpcaster.INSTANCE).findFirst().orElseThrow();
            page.add(message);
            long at = row.trackingToken().position().orElseThrow();
            if (last - at < KEPT && row.getPayload().getData().length <= LARGEST_KEPT) {
                recent.put(at, message);
            }
        }
        return page;
    }

    /** So many rows as are not too long together, and one at least: every open stream holds a page. */
    private static List<TrackedDomainEventData<byte[]>> page(ResultSet rows) throws SQLException {
        var page = new ArrayList<TrackedDomainEventData<byte[]>>();
        for (long bytes = 0; bytes < MOST_BYTES && rows.next();) {
            page.add(event(rows));
            bytes += page.getLast().getPayload().getData().length;
        }
        return page;
    }

    private static TrackedDomainEventData<byte[]> event(ResultSet row) throws SQLException {
        return new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(row.getLong(1)),
                new GenericDomainEventEntry<>(row.getString(5), row.getString(3), row.getLong(4), row.getString(2),
                        row.getString(8), row.getString(6), row.getString(7), row.getBytes(9), row.getBytes(10)));
    }
}
