package io.promptaudit.server.evidence;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Writes HTML that is well-formed XML too. What others typed goes through {@link #text} and attributes only: it is escaped, and what
 * cannot be seen or turns the direction of writing is shown as its code, so that a page never reads other than it is.
 */
final class Html {
    /** Within a line: what follows may have to stand right behind it. */
    private static final Set<String> INLINE = Set.of("b", "code", "q", "span", "strong", "time");

    private final Writer out;

    Html(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /** Our own markup, as it is. */
    Html markup(String markup) throws IOException {
        out.write(markup);
        return this;
    }

    /** Begins an element. */
    Html open(String element, String... attributes) throws IOException {
        out.write('<');
        out.write(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.write(' ');
            out.write(attributes[i]);
            out.write("=\"");
            text(attributes[i + 1]);
            out.write('"');
        }
        out.write('>');
        return this;
    }

    /** Ends an element. */
    Html close(String element) throws IOException {
        out.write("</");
        out.write(element);
        out.write(INLINE.contains(element) ? ">" : ">\n");
        return this;
    }

    /** An element with a text in it. */
    Html element(String element, @Nullable Object text, String... attributes) throws IOException {
        return open(element, attributes).text(text).close(element);
    }

    /** A moment, in UTC. */
    Html time(@Nullable Instant moment) throws IOException {
        if (moment == null) {
            return this;
        }
        return open("time", "datetime", moment.toString()).text(moment.toString().replace('T', ' ').replace("Z", ""))
                .close("time");
    }

    /** Begins a table whose head is repeated on every page. */
    Html table(String caption, String... heads) throws IOException {
        open("table").element("caption", caption).markup("<thead><tr>");
        for (String head : heads) {
            element("th", head, "scope", "col");
        }
        return markup("</tr></thead>\n<tbody>\n");
    }

    Html endTable() throws IOException {
        return markup("</tbody></table>\n");
    }

    /** A text, whoever wrote it; nothing for null. */
    Html text(@Nullable Object text) throws IOException {
        if (text != null) {
            String value = text.toString();
            for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
                character(value.codePointAt(i));
            }
        }
        return this;
    }

    private void character(int c) throws IOException {
        switch (c) {
            case '<' -> out.write("&lt;");
            case '>' -> out.write("&gt;");
            case '&' -> out.write("&amp;");
            case '"' -> out.write("&quot;");
            case '\'' -> out.write("&#39;");
            default -> {
                if (isSeen(c)) {
                    out.write(Character.toString(c));
                } else {
                    out.write("\u27E8U+%04X\u27E9".formatted(c));
                }
            }
        }
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                false;
            // Joiners make emoji and letters of some scripts; everything else of this kind hides or turns what stands around it.
            case Character.FORMAT -> c == '\u200D' || c == '\u200C';
            default -> true;
        };
    }

    void flush() throws IOException {
        out.flush();
    }
}
