package io.promptaudit.server.evidence;

import java.util.stream.Stream;

import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

import io.promptaudit.api.PersonalDetails;
import io.promptaudit.api.event.TrailEvent;
import io.promptaudit.api.query.Action;
import io.promptaudit.api.query.AuditEntry;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.query.audit.Telling;
import io.promptaudit.query.view.Occurrence;
import io.promptaudit.server.evidence.StoredOrder.Placed;

/** Reads stored events for people. One that cannot be read is passed on as such: evidence leaves nothing out. */
@Component
class EventReader {
    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

    private final Serializer serializer;
    private final PersonalDetails.Vault vault;

    EventReader(@Qualifier("eventSerializer") Serializer serializer, PersonalDetails.Vault vault) {
        this.serializer = serializer;
        this.vault = vault;
    }

    ReadEvent read(Placed placed) {
        Place place = placed.place();
        try {
            TrackedEventMessage<?> message = message(place.position(), placed.event());
            if (message.getPayload() instanceof TrailEvent event) {
                var when = Occurrence.of(event, message, message.trackingToken());
                return new ReadEvent(place, when, named(Telling.line(when), when));
            }
        } catch (RuntimeException unreadable) {
            LOG.warn("The event at position {} cannot be read: {}", place.position(), unreadable.getClass().getName());
        }
        return new ReadEvent(place, null, null);
    }

    private TrackedEventMessage<?> message(long position, StoredEvent event) {
        var entry = new GenericDomainEventEntry<>(event.aggregateType(), event.aggregateId(), event.sequence(), event.eventId(),
                event.timestamp(), event.payloadType(), event.payloadRevision(), event.payload().toArray(),
                event.metadata().toArray());
        var data = new TrackedDomainEventData<>(new GlobalSequenceTrackingToken(position), entry);
        return EventUtils.upcastAndDeserializeTrackedEvents(Stream.of(data), serializer, NoOpEventUpcaster.INSTANCE).findFirst()
                .orElseThrow();
    }

    /** A refused sign-in was told by the server, which has no name; what is sealed in it is of the account that was tried. */
    private AuditEntry named(AuditEntry line, Occurrence when) {
        return line.action().equals(Action.SIGN_IN.id())
                ? line
                : line.opened(vault.open(when.actor().account(), when.actor().personal()), false);
    }
}
