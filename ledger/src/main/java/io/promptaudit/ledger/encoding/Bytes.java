package io.promptaudit.ledger.encoding;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that never change, compared by value. */
public final class Bytes {
    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte... bytes) {
        return new Bytes(bytes.clone());
    }

    /** A copy of {@code bytes[from]} to {@code bytes[to - 1]}. */
    public static Bytes of(byte[] bytes, int from, int to) {
        return new Bytes(Arrays.copyOfRange(bytes, from, to));
    }

    /** How many there are. */
    public int length() {
        return value.length;
    }

    /** A copy that the caller may change. */
    public byte[] toArray() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(value);
    }
}
