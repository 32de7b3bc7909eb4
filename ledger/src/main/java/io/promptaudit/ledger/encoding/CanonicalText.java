package io.promptaudit.ledger.encoding;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.promptaudit.ledger.MalformedInput;

/** Canonical JSON (RFC 8785) of objects whose values are all strings: no number can be read in two ways. */
public final class CanonicalText {
    private CanonicalText() {}

    /**
     * The one form of an object, its members sorted by UTF-16 code units.
     *
     * @throws IllegalArgumentException if a string has a lone surrogate
     */
    public static byte[] encode(SortedMap<String, String> members) {
        var json = new StringBuilder("{");
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.append(json.length() == 1 ? "" : ",");
            JsonString.append(json, member.getKey());
            json.append(':');
            JsonString.append(json, member.getValue());
        }
        return Utf8.encode(json.append('}').toString());
    }

    /**
     * Reads one object.
     *
     * @param where what to name when it is wrong
     * @throws MalformedInput unless {@link #encode} would give these very bytes
     */
    public static SortedMap<String, String> parse(byte[] bytes, String where) {
        return new Reader(Utf8.decode(bytes, where), where).object();
    }

    /** Takes canonical text only: there is no space to skip, and names go up. */
    private static final class Reader {
        private final String json;
        private final String where;
        private int at;

        Reader(String json, String where) {
            this.json = json;
            this.where = where;
        }

        SortedMap<String, String> object() {
            var members = new TreeMap<String, String>();
            expect('{');
            while (at < json.length() && json.charAt(at) != '}') {
                if (!members.isEmpty()) {
                    expect(',');
                }
                String name = string();
                if (!members.isEmpty() && name.compareTo(members.lastKey()) <= 0) {
                    throw malformed("a name is not behind the one before");
                }
                expect(':');
                members.put(name, string());
            }
            expect('}');
            if (at != json.length()) {
                throw malformed("goes on behind its end");
            }
            return members;
        }

        private String string() {
            expect('"');
            int from = at;
            at = plainUntil(from);
            if (at < json.length() && json.charAt(at) == '"') {
                return json.substring(from, at++);
            }
            var text = new StringBuilder(json.substring(from, at));
            while (at < json.length() && json.charAt(at) >= 0x20 && json.charAt(at) != '"') {
                text.append(json.charAt(at) == '\\' ? escaped() : json.charAt(at++));
            }
            expect('"');
            return text.toString();
        }

        private int plainUntil(int from) {
            int end = from;
            while (end < json.length()) {
                char c = json.charAt(end);
                if (c < 0x20 || c == '"' || c == '\\') {
                    break;
                }
                end++;
            }
            return end;
        }

        /** Only what has to be escaped is, and in one way. */
        private char escaped() {
            at++;
            int named = at < json.length() ? JsonString.ESCAPE_NAMES.indexOf(json.charAt(at)) : -1;
            if (named >= 0) {
                at++;
                return JsonString.NAMED_ESCAPES.charAt(named);
            }
            for (char c = 0; c < 0x20; c++) {
                String code = "u%04x".formatted((int) c);
                if (JsonString.NAMED_ESCAPES.indexOf(c) < 0 && json.startsWith(code, at)) {
                    at += code.length();
                    return c;
                }
            }
            throw malformed("has an escape that is not canonical");
        }

        private void expect(char c) {
            if (at == json.length() || json.charAt(at) != c) {
                throw malformed("has no %s where one must be".formatted(c));
            }
            at++;
        }

        private MalformedInput malformed(String rule) {
            return new MalformedInput("%s, character %d".formatted(where, at + 1), rule);
        }
    }
}
