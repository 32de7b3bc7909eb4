package io.promptaudit.ledger.release;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.JsonReader;
import io.promptaudit.ledger.encoding.JsonValue;
import io.promptaudit.ledger.encoding.JsonValue.JsonArray;
import io.promptaudit.ledger.encoding.JsonValue.JsonLiteral;
import io.promptaudit.ledger.encoding.JsonValue.JsonNumber;
import io.promptaudit.ledger.encoding.JsonValue.JsonObject;
import io.promptaudit.ledger.encoding.JsonValue.JsonText;

/**
 * The fields of an event, or of an object within one. A field that is not asked for is passed over: later versions add some. A null
 * is as good as none. Whatever is not as it should be is a {@link MalformedInput} that names the field.
 */
record Fields(Map<String, JsonValue> members, String where) {

    static Fields parse(byte[] json, String where) {
        return of(JsonReader.parse(json, where), where);
    }

    private static Fields of(JsonValue value, String where) {
        if (value instanceof JsonObject object) {
            return new Fields(object.members(), where);
        }
        throw new MalformedInput(where, "is no object");
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new MalformedInput(path(name), "is missing");
        }
        return value;
    }

    private String path(String name) {
        return where + "." + name;
    }

    @Nullable
    JsonValue find(String name) {
        JsonValue value = members.get(name);
        return value == JsonLiteral.NULL ? null : value;
    }

    JsonValue value(String name) {
        return required(name, find(name));
    }

    @Nullable
    String findText(String name) {
        JsonValue value = find(name);
        return value == null ? null : text(value, name);
    }

    String text(String name) {
        return required(name, findText(name));
    }

    private String text(JsonValue value, String name) {
        if (value instanceof JsonText text) {
            return text.text();
        }
        throw new MalformedInput(path(name), "is no string");
    }

    long number(String name) {
        if (value(name) instanceof JsonNumber number) {
            try {
                return Long.parseLong(number.literal());
            } catch (NumberFormatException notWhole) {
                throw new MalformedInput(path(name), "is no whole number of 64 bits");
            }
        }
        throw new MalformedInput(path(name), "is no number");
    }

    /** False where nothing is said. */
    boolean flag(String name) {
        JsonValue value = find(name);
        if (value == null || value instanceof JsonLiteral) {
            return value == JsonLiteral.TRUE;
        }
        throw new MalformedInput(path(name), "is neither true nor false");
    }

    /** Empty where nothing is said. */
    List<String> texts(String name) {
        return items(name, item -> text(item, name));
    }

    /** Empty where nothing is said. */
    List<Fields> objects(String name) {
        return items(name, item -> of(item, path(name)));
    }

    private <T> List<T> items(String name, Function<JsonValue, T> each) {
        JsonValue value = find(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray array) {
            return array.items().stream().map(each).toList();
        }
        throw new MalformedInput(path(name), "is no array");
    }

    @Nullable
    Fields findObject(String name) {
        JsonValue value = find(name);
        return value == null ? null : of(value, path(name));
    }

    Fields object(String name) {
        return required(name, findObject(name));
    }

    @Nullable
    Instant findInstant(String name) {
        return parsed(name, Instant::parse);
    }

    Instant instant(String name) {
        return required(name, findInstant(name));
    }

    @Nullable
    Duration findDuration(String name) {
        return parsed(name, Duration::parse);
    }

    private <T> @Nullable T parsed(String name, Function<String, T> parser) {
        String text = findText(name);
        try {
            return text == null ? null : parser.apply(text);
        } catch (DateTimeException notOne) {
            throw new MalformedInput(path(name), "is no ISO 8601 value");
        }
    }
}
