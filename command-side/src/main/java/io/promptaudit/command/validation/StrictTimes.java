package io.promptaudit.command.validation;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Reads moments and durations from texts in ISO 8601, and from nothing else: a number could mean seconds or milliseconds. */
final class StrictTimes {
    private static final int LATEST_YEAR = 9999;

    private StrictTimes() {}

    static JacksonModule module() {
        return new SimpleModule("strict-times").addDeserializer(Instant.class, new OfText<>(Instant.class, StrictTimes::moment))
                .addDeserializer(Duration.class, new OfText<>(Duration.class, Duration::parse));
    }

    private static Instant moment(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 1 || time.getYear() > LATEST_YEAR) {
            throw new DateTimeException("outside the years 1 to 9999");
        }
        return time.toInstant();
    }

    private static final class OfText<T> extends StdDeserializer<T> {
        private final Function<String, T> parse;

        OfText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    return parse.apply(parser.getString());
                } catch (DateTimeException notOne) {
                    // Falls through to the same answer as a value of another type.
                }
            }
            return context.reportInputMismatch(handledType(), "not in ISO 8601");
        }
    }
}
