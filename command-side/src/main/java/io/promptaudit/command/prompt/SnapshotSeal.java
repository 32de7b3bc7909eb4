package io.promptaudit.command.prompt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates snapshots (HMAC-SHA256 over identity, sequence number and state): a forged approval planted in a snapshot
 * never decides, because a snapshot that does not fit is ignored and the events are read instead.
 */
public final class SnapshotSeal implements SnapshotFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSeal.class);

    private final SecretKey key;
    private final Serializer serializer;

    /** Seals with {@code key}, over the bytes that {@code serializer} writes. */
    public SnapshotSeal(SecretKey key, Serializer serializer) {
        this.key = key;
        this.serializer = serializer;
    }

    PromptSnapshot seal(String aggregate, long sequence, PromptSnapshot snapshot) {
        return snapshot.withMac(mac(aggregate, sequence, snapshot.withMac("")));
    }

    @Override
    public boolean test(DomainEventData<?> stored) {
        if (!PromptSnapshot.REVISION.equals(stored.getPayload().getType().getRevision())) {
            LOG.info("The snapshot of {} has another form; its events are read instead", stored.getAggregateIdentifier());
            return false;
        }
        try {
            boolean fits = serializer.deserialize(stored.getPayload()) instanceof PromptSnapshot snapshot
                    && fits(stored.getAggregateIdentifier(), stored.getSequenceNumber(), snapshot);
            if (!fits) {
                LOG.error("The snapshot of {} at {} is not one this server made; its events are read instead",
                        stored.getAggregateIdentifier(), stored.getSequenceNumber());
            }
            return fits;
        } catch (SerializationException e) {
            LOG.warn("The snapshot of {} cannot be read; its events are read instead", stored.getAggregateIdentifier());
            return false;
        }
    }

    private boolean fits(String aggregate, long sequence, PromptSnapshot snapshot) {
        return MessageDigest.isEqual(mac(aggregate, sequence, snapshot.withMac("")).getBytes(StandardCharsets.US_ASCII),
                snapshot.mac().getBytes(StandardCharsets.US_ASCII));
    }

    private String mac(String aggregate, long sequence, PromptSnapshot snapshot) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((aggregate + "\n" + sequence + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(serializer.serialize(snapshot, byte[].class).getData()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
