package io.promptaudit.verify;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import io.promptaudit.ledger.encoding.JsonString;

/** Writes JSON (RFC 8259) of objects, lists, strings, whole numbers and booleans. */
final class Json {
    private Json() {}

    /** @throws IllegalArgumentException if it is anything else */
    static String of(Object value) {
        var json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(Object value, StringBuilder json) {
        switch (value) {
            case Map<?, ?> object -> object(object, json);
            case List<?> list -> list(list, json);
            case String text -> JsonString.append(json, text);
            case Long number -> json.append(number);
            case Integer number -> json.append(number);
            case Boolean truth -> json.append(truth);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private static void object(Map<?, ?> object, StringBuilder json) {
        json.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> members = object.entrySet().iterator(); members.hasNext();) {
            Map.Entry<?, ?> member = members.next();
            JsonString.append(json, (String) member.getKey());
            json.append(':');
            write(member.getValue(), json);
            json.append(members.hasNext() ? "," : "");
        }
        json.append('}');
    }

    private static void list(List<?> list, StringBuilder json) {
        json.append('[');
        for (int i = 0; i < list.size(); i++) {
            json.append(i == 0 ? "" : ",");
            write(list.get(i), json);
        }
        json.append(']');
    }
}
