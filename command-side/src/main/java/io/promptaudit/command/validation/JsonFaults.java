package io.promptaudit.command.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import io.promptaudit.api.MalformedRequest;

/** Says in the caller's words what is wrong with JSON. Never quotes the body, which may hold secrets. */
final class JsonFaults {
    private static final String BODY = "body";

    private JsonFaults() {}

    static MalformedRequest syntax(JacksonException failure, TokenStreamContext context) {
        if (failure instanceof StreamConstraintsException) {
            return new MalformedRequest(path(context), "is nested too deeply or too long");
        }
        if (failure.getOriginalMessage().startsWith("Duplicate Object property")) {
            return new MalformedRequest(path(context), "must not be given twice");
        }
        var location = failure.getLocation();
        return new MalformedRequest(BODY, location == null
                ? "must be JSON"
                : "must be JSON, which ends at line %d, column %d"
                        .formatted(location.getLineNr(), location.getColumnNr()));
    }

    static MalformedRequest binding(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MalformedRequest said) {
                return said;
            }
        }
        return new MalformedRequest(path(failure.getPath()), rule(failure));
    }

    static String path(TokenStreamContext context) {
        var path = new StringBuilder();
        for (TokenStreamContext at = context; at != null && !at.inRoot(); at = at.getParent()) {
            if (at.inArray()) {
                path.insert(0, "[" + at.getCurrentIndex() + "]");
            } else if (at.hasCurrentName()) {
                path.insert(0, "." + printable(at.currentName()));
            }
        }
        return path.isEmpty() ? BODY : path.substring(path.charAt(0) == '.' ? 1 : 0);
    }

    private static String path(List<JacksonException.Reference> references) {
        var path = new StringBuilder();
        for (var reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            }
        }
        return path.isEmpty() ? BODY : path.toString();
    }

    private static String rule(JacksonException failure) {
        return switch (failure) {
            case UnrecognizedPropertyException _ -> "is not a known field";
            case MismatchedInputException mismatch -> expected(mismatch);
            case InputCoercionException _ -> "must be a whole number of at most 2147483647";
            case StreamConstraintsException _ -> "is nested too deeply or too long";
            case StreamReadException _ -> "must be JSON";
            default -> "has the wrong form";
        };
    }

    private static String expected(MismatchedInputException mismatch) {
        String message = mismatch.getOriginalMessage();
        if (message.startsWith("Missing required") || message.startsWith("Cannot map `null`")) {
            return "is required";
        }
        if (message.startsWith("Invalid `null` value")) {
            return "must not hold null";
        }
        return expected(mismatch.getTargetType());
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "has the wrong type";
        }
        if (type.isEnum()) {
            return "must be " + Arrays.stream(type.getEnumConstants())
                    .map(value -> StrictJson.mapper().convertValue(value, String.class)).collect(Collectors.joining(", or "));
        }
        if (type == String.class) {
            return "must be a string";
        }
        if (type == Instant.class) {
            return "must be a time in ISO 8601 with an offset, such as 2026-01-31T09:30:00Z";
        }
        if (type == Duration.class) {
            return "must be a duration in ISO 8601, such as PT15M";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "must be true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "must be a whole number";
        }
        return Collection.class.isAssignableFrom(type) ? "must be an array" : "must be an object";
    }

    /** Field names may be ill-formed, and an answer must not be. */
    private static String printable(@Nullable String name) {
        return name != null && Texts.isWellFormed(name) ? name : "?";
    }
}
