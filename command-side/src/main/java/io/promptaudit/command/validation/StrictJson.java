package io.promptaudit.command.validation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import io.promptaudit.api.MalformedRequest;

/**
 * Reads JSON from callers and takes nothing for something else: no unknown or repeated field, no coercion between types, no
 * rounding of numbers, no ill-formed text.
 */
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper
            .builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS).disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfigDefaults(coercions -> {
                for (var shape : CoercionInputShape.values()) {
                    coercions.setCoercion(shape, CoercionAction.Fail);
                }
            }).withCoercionConfig(LogicalType.Textual, coercions -> {
                for (var shape : List.of(CoercionInputShape.Boolean, CoercionInputShape.Integer, CoercionInputShape.Float)) {
                    coercions.setCoercion(shape, CoercionAction.Fail);
                }
            }).withConfigOverride(List.class,
                    lists -> lists.setNullHandling(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
            .addModule(StrictTimes.module()).build();

    private StrictJson() {}

    /** The mapper that binds what {@link #check} passed. It never sees repeated fields or ill-formed text otherwise. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads one value.
     *
     * @throws MalformedRequest naming the path at fault
     */
    public static <T> T read(byte[] json, Class<T> type) {
        check(json);
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException failure) {
            throw malformed(failure);
        }
    }

    /**
     * Passes strict UTF-8 that is one JSON value with well-formed texts and no field given twice.
     *
     * @throws MalformedRequest naming the path at fault
     */
    public static void check(byte[] json) {
        String text = decoded(json);
        if (text.isBlank()) {
            throw new MalformedRequest("body", "is required");
        }
        try (JsonParser parser = MAPPER.createParser(text)) {
            try {
                walk(parser);
            } catch (JacksonException failure) {
                throw JsonFaults.syntax(failure, parser.streamReadContext());
            }
        }
    }

    /** What a failure to bind means to the caller, without any of the body's text in it. */
    public static MalformedRequest malformed(JacksonException failure) {
        return JsonFaults.binding(failure);
    }

    private static void walk(JsonParser parser) {
        int values = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            TokenStreamContext context = parser.streamReadContext();
            if (context.inRoot() && ++values > 1) {
                throw new MalformedRequest("body", "must be one JSON value and nothing after it");
            }
            if ((token == JsonToken.PROPERTY_NAME || token == JsonToken.VALUE_STRING)
                    && !Texts.isWellFormed(parser.getString())) {
                throw new MalformedRequest(JsonFaults.path(context), "must be well-formed Unicode, without lone surrogates");
            }
        }
    }

    private static String decoded(byte[] json) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedRequest("body", "must be UTF-8");
        }
    }
}
