package io.promptaudit.server.evidence;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.server.ledger.StoredEvents;

/** The events in their order, read portion by portion: whatever the length of the trail, few of them are in memory. */
@Component
class StoredOrder {
    /** Places read at once. */
    static final int PAGE = 1_000;
    private static final String SELECT = """
            select p.position, e.global_index, e.event_identifier, e.aggregate_identifier, e.sequence_number, e.payload_type,
                   e.time_stamp
            from event_position p join domain_event e on e.global_index = p.global_index
            """;
    private static final RowMapper<Place> PLACE = (row, _) -> new Place(row.getLong(1), row.getLong(2), row.getString(3),
            row.getString(4), row.getLong(5), row.getString(6), row.getString(7));

    private final JdbcTemplate db;
    private final StoredEvents events;

    StoredOrder(JdbcTemplate db, StoredEvents events) {
        this.db = db;
        this.events = events;
    }

    /** Takes places, or places with their events. */
    @FunctionalInterface
    interface Visitor<T> {
        void visit(T next) throws IOException;
    }

    /** A place and the event that stands there. */
    record Placed(Place place, StoredEvent event) {}

    /** Shows every place up to a position, in order. */
    void places(long last, Visitor<Place> visitor) throws IOException {
        for (List<Place> page = after(0, last); !page.isEmpty(); page = after(page.getLast().position(), last)) {
            for (Place place : page) {
                visitor.visit(place);
            }
        }
    }

    private List<Place> after(long position, long last) {
        return db.query(SELECT + "where p.position > ? and p.position <= ? order by p.position limit ?", PLACE, position, last,
                PAGE);
    }

    /** Shows the events up to a position whose places are wanted, in order. */
    void events(long last, Predicate<Place> wanted, Visitor<Placed> visitor) throws IOException {
        for (List<Place> page = after(0, last); !page.isEmpty(); page = after(page.getLast().position(), last)) {
            show(page.stream().filter(wanted).toList(), visitor);
        }
    }

    /** Shows the events of one stream up to a position whose places are wanted, in order. */
    void stream(String stream, long last, Predicate<Place> wanted, Visitor<Placed> visitor) throws IOException {
        for (List<Place> page = ofStream(stream, -1, last); !page.isEmpty(); page = ofStream(stream, page.getLast().sequence(),
                last)) {
            show(page.stream().filter(wanted).toList(), visitor);
        }
    }

    /** Whether a stream has begun up to a position. */
    boolean has(String stream, long last) {
        return !ofStream(stream, -1, last).isEmpty();
    }

    private List<Place> ofStream(String stream, long sequence, long last) {
        return db.query(SELECT + """
                where e.aggregate_identifier = ? and e.sequence_number > ? and p.position <= ?
                order by e.sequence_number limit ?""", PLACE, stream, sequence, last, PAGE);
    }

    private void show(List<Place> places, Visitor<Placed> visitor) throws IOException {
        for (int from = 0; from < places.size(); from += StoredEvents.PORTION) {
            List<Place> portion = places.subList(from, Math.min(from + StoredEvents.PORTION, places.size()));
            Map<Long, StoredEvent> found = events.whole(portion.stream().map(Place::index).toList());
            for (Place place : portion) {
                StoredEvent event = found.get(place.index());
                if (event == null) {
                    throw new IllegalStateException("the event at position %d is gone".formatted(place.position()));
                }
                visitor.visit(new Placed(place, event));
            }
        }
    }
}
