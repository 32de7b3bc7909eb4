package io.promptaudit.verify;

/** Text from files that somebody else wrote, made fit for a terminal. */
final class Printable {
    private Printable() {}

    /** Control and format characters, which could rewrite what is shown, become their codes. */
    static String of(String text) {
        var printable = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR) {
                printable.append("\\u{%x}".formatted(c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
