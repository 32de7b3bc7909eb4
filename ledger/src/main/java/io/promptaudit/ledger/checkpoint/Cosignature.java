package io.promptaudit.ledger.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.ledger.tree.Hash;

/**
 * That somebody knew a tree at a moment: a timestamped signature (C2SP tlog-cosignature, section Format).
 *
 * @param seconds the moment, in seconds since 1970; 0 says nothing about it
 * @param signature over {@link #message}
 */
public record Cosignature(long seconds, Bytes signature) {
    private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_NAME_LENGTH = 255;

    /** Checks the time. */
    public Cosignature {
        if (seconds < 0) {
            throw new MalformedInput("cosignature", "its time is not within 2^63 - 1 seconds");
        }
    }

    /**
     * Reads time and signature.
     *
     * @throws MalformedInput unless it has both
     */
    public static Cosignature parse(Bytes bytes) {
        if (bytes.length() <= Long.BYTES) {
            throw new MalformedInput("cosignature", "is not a time and a signature");
        }
        byte[] all = bytes.toArray();
        return new Cosignature(ByteBuffer.wrap(all).getLong(), Bytes.of(all, Long.BYTES, all.length));
    }

    /** The bytes behind the id of a key. */
    public Bytes encode() {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES + signature.length()).putLong(seconds).put(signature.toArray()).array());
    }

    /** The moment. */
    public Instant time() {
        return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
    }

    /**
     * What the key signs.
     *
     * @param text of the note
     * @throws MalformedInput unless the text is a checkpoint's
     */
    public static byte[] message(VerifierKey key, long seconds, String text) {
        Checkpoint checkpoint = Checkpoint.parse(text);
        return switch (key.type()) {
            case ED25519 -> throw new IllegalArgumentException("a signature without a time is no cosignature");
            case ED25519_COSIGNATURE -> Utf8.encode("cosignature/v1\ntime " + seconds + "\n" + text);
            case ML_DSA_44_COSIGNATURE -> subtree(key.name(), seconds, checkpoint);
        };
    }

    private static byte[] subtree(String cosigner, long seconds, Checkpoint checkpoint) {
        byte[] name = name(cosigner);
        byte[] origin = name(checkpoint.origin());
        ByteBuffer message = ByteBuffer.allocate(SUBTREE_LABEL.length + 1 + name.length + Long.BYTES + 1 + origin.length
                + 2 * Long.BYTES + Hash.LENGTH);
        return message.put(SUBTREE_LABEL).put((byte) name.length).put(name).putLong(seconds).put((byte) origin.length).put(origin)
                .putLong(0).putLong(checkpoint.size()).put(checkpoint.root().toArray()).array();
    }

    private static byte[] name(String text) {
        byte[] name = Utf8.encode(text);
        if (name.length > MAX_NAME_LENGTH) {
            throw new MalformedInput("cosignature", "a name of more than %d bytes cannot be signed".formatted(MAX_NAME_LENGTH));
        }
        return name;
    }
}
