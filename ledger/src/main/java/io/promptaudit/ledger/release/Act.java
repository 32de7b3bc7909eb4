package io.promptaudit.ledger.release;

import java.time.Duration;
import java.time.Instant;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.encoding.JsonValue.JsonNumber;
import io.promptaudit.ledger.encoding.JsonValue.JsonText;
import io.promptaudit.ledger.pack.EventLine;

/**
 * One event as the rules read it.
 *
 * @param type its name, without the package
 * @param body its payload
 * @param metadata who did it, and how
 */
record Act(EventLine line, String type, Fields body, Fields metadata, Actor by, Instant at) {
    private static final String PACKAGE = "io.promptaudit.api.event.";
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
    static Act of(EventLine line) {
        String type = line.event().payloadType();
        if (!type.startsWith(PACKAGE) || !REVISION.equals(line.event().payloadRevision())) {
            throw unknown(line);
        }
        Fields metadata = Fields.parse(line.event().metadata().toArray(), "metadata");
        return new Act(line, type.substring(PACKAGE.length()), Fields.parse(line.event().payload().toArray(), "payload"),
                metadata,
                new Actor(metadata.text("account"), metadata.findText("onBehalfOf")), line.recordedAt());
    }

    static MissingEvidence unknown(EventLine line) {
        return new MissingEvidence("this program does not know events of type %s, revision %s; a newer one may"
                .formatted(line.event().payloadType(), line.event().payloadRevision()));
    }

    String id() {
        return line.event().eventId();
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
