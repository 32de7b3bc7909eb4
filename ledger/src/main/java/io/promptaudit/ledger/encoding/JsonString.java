package io.promptaudit.ledger.encoding;

/** Strings as canonical JSON writes them (RFC 8785, section 3.2.2.2). */
public final class JsonString {
    /** The characters whose escapes have names. */
    public static final String NAMED_ESCAPES = "\"\\\b\f\n\r\t";

    /** The names, in the same order. */
    public static final String ESCAPE_NAMES = "\"\\bfnrt";

    private JsonString() {}

    /** Writes a string with its quotes. */
    public static void append(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int named = NAMED_ESCAPES.indexOf(c);
            if (named >= 0) {
                json.append('\\').append(ESCAPE_NAMES.charAt(named));
            } else if (c < 0x20) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
