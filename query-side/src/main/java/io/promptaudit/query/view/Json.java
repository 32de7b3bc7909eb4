package io.promptaudit.query.view;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How records are kept in text columns. JSON, because it escapes what a database may not hold, such as U+0000. */
public final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** The record as text. */
    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The record that {@link #write} made the text of. */
    public static <T> T read(String text, Class<T> type) {
        return MAPPER.readValue(text, type);
    }

    /** The same for a column that may be empty. */
    public static <T> @Nullable T readOrNull(@Nullable String text, Class<T> type) {
        return text == null ? null : read(text, type);
    }

    /** The list that {@link #write} made the text of. */
    public static <T> List<T> list(String text, Class<T> type) {
        return MAPPER.readValue(text, MAPPER.getTypeFactory().constructCollectionType(List.class, type));
    }
}
