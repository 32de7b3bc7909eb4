package io.promptaudit.ledger.leaf;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.JsonString;
import io.promptaudit.ledger.encoding.Utf8;

/** Canonical JSON (RFC 8785) of objects whose values are all strings: no number can be read in two ways. */
final class CanonicalText {
    private CanonicalText() {}

    /**
     * The one form of an object, its members sorted by UTF-16 code units.
     *
     * @throws IllegalArgumentException if a string has a lone surrogate
     */
    static byte[] encode(SortedMap<String, String> members) {
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
     * @throws MalformedInput unless {@link #encode} would give these very bytes
     */
    static SortedMap<String, String> parse(byte[] bytes) {
        return new Reader(Utf8.decode(bytes, "entry")).object();
    }

    /** Takes canonical text only: there is no space to skip, and names go up. */
    private static final class Reader {
        private final String json;
        private int at;

        Reader(String json) {
            this.json = json;
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
            while (at < json.length() && json.charAt(at) >= 0x20 && json.charAt(at) != '"' && json.charAt(at) != '\\') {
                at++;
            }
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
            return new MalformedInput("entry, character " + (at + 1), rule);
        }
    }
}
