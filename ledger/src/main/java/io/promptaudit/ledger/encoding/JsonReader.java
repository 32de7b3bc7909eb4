package io.promptaudit.ledger.encoding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.JsonValue.JsonArray;
import io.promptaudit.ledger.encoding.JsonValue.JsonLiteral;
import io.promptaudit.ledger.encoding.JsonValue.JsonNumber;
import io.promptaudit.ledger.encoding.JsonValue.JsonObject;
import io.promptaudit.ledger.encoding.JsonValue.JsonText;

/** Reads JSON (RFC 8259) strictly: no name twice in an object, no half of a surrogate pair, nothing around the value. */
public final class JsonReader {
    private static final int MAX_DEPTH = 500;
    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 4;

    private final String json;
    private final String where;
    private int at;

    private JsonReader(String json, String where) {
        this.json = json;
        this.where = where;
    }

    /**
     * Reads one value.
     *
     * @param where what to name when it is wrong
     * @throws MalformedInput unless the bytes are one JSON value in UTF-8, at most 500 levels deep
     */
    public static JsonValue parse(byte[] bytes, String where) {
        var reader = new JsonReader(Utf8.decode(bytes, where), where);
        JsonValue value = reader.value(0);
        reader.space();
        if (reader.at != reader.json.length()) {
            throw reader.malformed("goes on behind its end");
        }
        return value;
    }

    private JsonValue value(int depth) {
        if (depth == MAX_DEPTH) {
            throw malformed("is deeper than %d levels".formatted(MAX_DEPTH));
        }
        space();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonText(string());
            case 't' -> literal(JsonLiteral.TRUE);
            case 'f' -> literal(JsonLiteral.FALSE);
            case 'n' -> literal(JsonLiteral.NULL);
            default -> number();
        };
    }

    private JsonObject object(int depth) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        at++;
        for (boolean more = !closed('}'); more; more = !ended('}')) {
            space();
            String name = string();
            space();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw malformed("has a name twice");
            }
        }
        return new JsonObject(members);
    }

    private JsonArray array(int depth) {
        var items = new ArrayList<JsonValue>();
        at++;
        for (boolean more = !closed(']'); more; more = !ended(']')) {
            items.add(value(depth + 1));
        }
        return new JsonArray(items);
    }

    /** Whether it ends at once. */
    private boolean closed(char end) {
        space();
        if (peek() == end) {
            at++;
            return true;
        }
        return false;
    }

    private boolean ended(char end) {
        if (closed(end)) {
            return true;
        }
        expect(',');
        return false;
    }

    private JsonLiteral literal(JsonLiteral literal) {
        String name = literal.name().toLowerCase(Locale.ROOT);
        if (!json.startsWith(name, at)) {
            throw malformed("is no value");
        }
        at += name.length();
        return literal;
    }

    private JsonNumber number() {
        int from = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        return new JsonNumber(json.substring(from, at));
    }

    private void digits() {
        int from = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == from) {
            throw malformed("is no value");
        }
    }

    private String string() {
        expect('"');
        int from = at;
        while (isPlain(peek())) {
            at++;
        }
        if (skip('"')) {
            return json.substring(from, at - 1);
        }
        var text = new StringBuilder(json.substring(from, at));
        while (peek() != '"') {
            if (skip('\\')) {
                text.append(escaped());
            } else if (isPlain(peek())) {
                text.append(json.charAt(at++));
            } else {
                throw malformed("has a control character in a string, or ends within it");
            }
        }
        at++;
        return paired(text);
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c != '"' && c != '\\';
    }

    private char escaped() {
        char c = peek();
        at++;
        int named = JsonString.ESCAPE_NAMES.indexOf(c);
        if (named >= 0) {
            return JsonString.NAMED_ESCAPES.charAt(named);
        }
        if (c == '/') {
            return c;
        }
        if (c == 'u' && at + ESCAPE_LENGTH <= json.length()) {
            int code = 0;
            for (int end = at + ESCAPE_LENGTH; at < end; at++) {
                int digit = Character.digit(json.charAt(at), HEX);
                if (digit < 0 || json.charAt(at) > 'f') {
                    throw malformed("has an escape that is none");
                }
                code = code * HEX + digit;
            }
            return (char) code;
        }
        throw malformed("has an escape that is none");
    }

    /** Only escapes can make halves: what came from UTF-8 is whole. */
    private String paired(CharSequence text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw malformed("has half of a surrogate pair");
        }
        return text.toString();
    }

    private void space() {
        for (char c = peek(); c == ' ' || c == '\t' || c == '\n' || c == '\r'; c = peek()) {
            at++;
        }
    }

    /** The next character; NUL, which no JSON has, at the end. */
    private char peek() {
        return at < json.length() ? json.charAt(at) : '\0';
    }

    private boolean skip(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw malformed("has no %s where one must be".formatted(c));
        }
    }

    private MalformedInput malformed(String rule) {
        return new MalformedInput("%s, character %d".formatted(where, at + 1), rule);
    }
}
