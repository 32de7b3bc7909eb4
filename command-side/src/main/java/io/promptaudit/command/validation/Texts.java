package io.promptaudit.command.validation;

import java.util.HashSet;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;

/** The rules that texts of every kind share. */
final class Texts {
    /** The most characters that a note, reason or comment may have. */
    static final int LONGEST_REMARK = 2_000;

    private Texts() {}

    /** Passes anything but null. */
    static void present(String field, @Nullable Object value) {
        if (value == null) {
            throw new MalformedRequest(field, "is required");
        }
    }

    /** Passes a text of 1 to {@code most} characters that says something. */
    static void required(String field, @Nullable String value, int most) {
        present(field, value);
        optional(field, value, most);
    }

    /** Passes null, and otherwise what {@link #required} passes. */
    static void optional(String field, @Nullable String value, int most) {
        if (value == null) {
            return;
        }
        clearable(field, value, most);
        if (value.isBlank()) {
            throw new InvalidValue(field, "must not be blank");
        }
    }

    /** Passes null, and a text of at most {@code most} characters that may be empty. */
    static void clearable(String field, @Nullable String value, int most) {
        if (value == null) {
            return;
        }
        storable(field, value);
        if (value.codePointCount(0, value.length()) > most) {
            throw new InvalidValue(field, "must have at most %,d characters".formatted(most));
        }
    }

    /** Passes what every store keeps exactly: well-formed UTF-16 without U+0000, which PostgreSQL's TEXT cannot hold. */
    static void storable(String field, String value) {
        if (value.indexOf(0) >= 0) {
            throw new InvalidValue(field, "must not contain U+0000");
        }
        if (!isWellFormed(value)) {
            throw new InvalidValue(field, "must be well-formed Unicode, without lone surrogates");
        }
    }

    /** Whether every surrogate is half of a pair. */
    static boolean isWellFormed(String value) {
        return value.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Passes null, and a list of at most {@code most} different values. */
    static void unique(String field, @Nullable List<String> values, int most) {
        if (values == null) {
            return;
        }
        if (values.size() > most) {
            throw new InvalidValue(field, "must have at most %d entries".formatted(most));
        }
        var seen = new HashSet<String>();
        for (int i = 0; i < values.size(); i++) {
            if (!seen.add(values.get(i))) {
                throw new InvalidValue(field + "[" + i + "]", "must not be given twice");
            }
        }
    }
}
