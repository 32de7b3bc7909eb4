package io.promptaudit.ledger.encoding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value (RFC 8259). */
public sealed interface JsonValue {

    /** An object, its members in the order in which they stand; no name stands twice. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        /** Keeps its own copy, in order. */
        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** An array. */
    record JsonArray(List<JsonValue> items) implements JsonValue {
        /** Keeps its own copy. */
        public JsonArray {
            items = List.copyOf(items);
        }
    }

    /** A string. */
    record JsonText(String text) implements JsonValue {}

    /** A number, as it was written: a reader chooses what it may lose. */
    record JsonNumber(String literal) implements JsonValue {}

    /** What has a name of its own. */
    enum JsonLiteral implements JsonValue {
        /** {@code true}. */
        TRUE,
        /** {@code false}. */
        FALSE,
        /** {@code null}. */
        NULL
    }
}
