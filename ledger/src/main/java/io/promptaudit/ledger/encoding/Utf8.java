package io.promptaudit.ledger.encoding;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.promptaudit.ledger.MalformedInput;

/** UTF-8 in which nothing is replaced. */
public final class Utf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private static final char FIRST_BEYOND_ASCII = 0x80;

    private Utf8() {}

    /**
     * The text that these bytes encode.
     *
     * @param where what to name when it is wrong
     * @throws MalformedInput unless {@code bytes} are valid UTF-8
     */
    public static String decode(byte[] bytes, String where) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        // Either it was there before, or it stands for what is invalid.
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException invalid) {
            throw new MalformedInput(where, "is not valid UTF-8");
        }
    }

    /**
     * The encoding of a text.
     *
     * @throws IllegalArgumentException if {@code text} has a surrogate without its other half
     */
    public static byte[] encode(String text) {
        return isAscii(text) ? text.getBytes(StandardCharsets.US_ASCII) : strictly(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_BEYOND_ASCII) {
                return false;
            }
        }
        return true;
    }

    private static byte[] strictly(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException invalid) {
            throw new IllegalArgumentException("a lone surrogate has no UTF-8", invalid);
        }
    }
}
