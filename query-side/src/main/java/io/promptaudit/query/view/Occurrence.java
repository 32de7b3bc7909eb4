package io.promptaudit.query.view;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.EventMetadata;
import io.promptaudit.api.event.TrailEvent;

/**
 * An event with its place in the one order.
 *
 * @param position from 1, without gaps
 * @param id the event's id
 * @param at when it was recorded, in whole milliseconds
 */
public record Occurrence(TrailEvent event, long position, String id, Instant at, Actor actor) {

    /** Who acted, as the event's metadata says. {@code personal} stays sealed. */
    public record Actor(String account, String kind, @Nullable String onBehalfOf, @Nullable String roles,
            @Nullable String credential, @Nullable String requestId, @Nullable String traceId, @Nullable String personal) {

        private static final String SERVER = "server";

        private static Actor of(MetaData metadata) {
            String account = text(metadata, EventMetadata.ACCOUNT);
            String kind = text(metadata, EventMetadata.KIND);
            return new Actor(account == null ? SERVER : account, kind == null ? "service" : kind,
                    text(metadata, EventMetadata.ON_BEHALF_OF), text(metadata, EventMetadata.ROLES),
                    text(metadata, EventMetadata.CREDENTIAL), text(metadata, EventMetadata.REQUEST_ID),
                    text(metadata, EventMetadata.TRACE_ID), text(metadata, EventMetadata.PERSONAL));
        }

        private static @Nullable String text(MetaData metadata, String key) {
            return metadata.get(key) instanceof String value ? value : null;
        }
    }

    /**
     * Reads a message off the sequence.
     *
     * @throws IllegalArgumentException when the token is none of the sequence's
     */
    public static Occurrence of(TrailEvent event, EventMessage<?> message, @Nullable TrackingToken token) {
        var place = WrappedToken.unwrap(token, GlobalSequenceTrackingToken.class)
                .orElseThrow(() -> new IllegalArgumentException("an event without a position: " + token));
        return new Occurrence(event, place.getGlobalIndex(), message.getIdentifier(),
                message.getTimestamp().truncatedTo(ChronoUnit.MILLIS), Actor.of(message.getMetaData()));
    }
}
