package io.promptaudit.ledger.encoding;

import java.util.Base64;

import io.promptaudit.ledger.MalformedInput;

/** Standard Base 64 (RFC 4648, section 4), padded, without line breaks. */
public final class Base64Text {
    private Base64Text() {}

    /**
     * The bytes that a text stands for.
     *
     * @param where the place to name when it is wrong
     * @throws MalformedInput unless {@code text} is the one encoding of some bytes
     */
    public static byte[] decode(String text, String where) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // The JDK takes missing padding and loose bits at the end, which would give one value several forms.
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedInput(where, "is not base64");
        }
        throw new MalformedInput(where, "is not canonical base64");
    }

    /** The encoding of these bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
