package io.promptaudit.ledger.tree;

import java.util.Arrays;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Base64Text;

/** A SHA-256 hash of the tree, compared by value. */
public final class Hash {
    /** Bytes in a hash. */
    public static final int LENGTH = 32;

    private final byte[] value;

    private Hash(byte[] value) {
        this.value = value;
    }

    /**
     * A copy of these bytes.
     *
     * @throws MalformedInput unless there are 32
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new MalformedInput("hash", "has %d bytes instead of %d".formatted(bytes.length, LENGTH));
        }
        return new Hash(bytes.clone());
    }

    /** A copy of the 32 bytes that start at {@code bytes[at]}. */
    public static Hash of(byte[] bytes, int at) {
        return new Hash(Arrays.copyOfRange(bytes, at, at + LENGTH));
    }

    /**
     * The hash that a text stands for.
     *
     * @param where the place to name when it is wrong
     * @throws MalformedInput unless {@code text} is the base64 of 32 bytes
     */
    public static Hash ofBase64(String text, String where) {
        byte[] bytes = Base64Text.decode(text, where);
        if (bytes.length != LENGTH) {
            throw new MalformedInput(where, "is a hash of %d bytes instead of %d".formatted(bytes.length, LENGTH));
        }
        return new Hash(bytes);
    }

    /** Writes the 32 bytes to {@code into[at]} and after. */
    public void copyTo(byte[] into, int at) {
        System.arraycopy(value, 0, into, at, LENGTH);
    }

    /** A copy that the caller may change. */
    public byte[] toArray() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** In base64, as checkpoints and proofs have it. */
    @Override
    public String toString() {
        return Base64Text.encode(value);
    }
}
