package io.promptaudit.ledger.release;

import java.time.Duration;
import java.time.Instant;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.encoding.JsonValue.JsonNumber;
import io.promptaudit.ledger.encoding.JsonValue.JsonText;
import io.promptaudit.ledger.encoding.UtcTime;
import io.promptaudit.ledger.leaf.StoredEvent;

/**
 * One event as the rules read it.
 *
 * @param type its name, without the package
 * @param body its payload
 * @param metadata who did it, and how
 */
record Act(StoredEvent event, String type, Fields body, Fields metadata, Actor by, Instant at) {
    static final String PACKAGE = "io.promptaudit.api.event.";
    private static final String REVISION = "1";

    /**
     * How long after its decision an event may have been dated: the server asks its clock for both, first for the decision.
     */
    static final Duration SLACK = Duration.ofSeconds(10);

    /**
     * Reads an event.
     *
     * @throws io.promptaudit.ledger.MalformedInput if its payload, metadata or time have another form
     * @throws MissingEvidence if it is of a type that this program does not know
     */
    static Act of(StoredEvent event) {
        String type = event.payloadType();
        if (!type.startsWith(PACKAGE) || !REVISION.equals(event.payloadRevision())) {
            throw unknown(event);
        }
        Fields metadata = Fields.parse(event.metadata().toArray(), "metadata");
        return new Act(event, type.substring(PACKAGE.length()), Fields.parse(event.payload().toArray(), "payload"),
                metadata,
                new Actor(metadata.text("account"), metadata.findText("onBehalfOf")),
                UtcTime.parse(event.timestamp(), "recordedAt"));
    }

    static MissingEvidence unknown(StoredEvent event) {
        return new MissingEvidence("this program does not know events of type %s, revision %s; a newer one may"
                .formatted(event.payloadType(), event.payloadRevision()));
    }

    String id() {
        return event.eventId();
    }

    /** The earliest moment at which it can have been decided. */
    Instant decidedFrom() {
        return at.minus(SLACK);
    }

    /** What it is of, to read after its place. */
    String subject() {
        return type + told(" of ", "prompt") + told(" version ", "version") + told(" in ", "environment");
    }

    private String told(String before, String name) {
        return switch (body.find(name)) {
            case JsonText text -> before + text.text();
            case JsonNumber number -> before + number.literal();
            case null, default -> "";
        };
    }
}
