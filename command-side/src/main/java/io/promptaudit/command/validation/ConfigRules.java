package io.promptaudit.command.validation;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;

/** The rules for a version's config: any JSON object that has one canonical form, so that its digest speaks for it. */
final class ConfigRules {
    /** How deep arrays and objects may lie in each other; the config itself is the first. */
    static final int DEEPEST = 64;
    /** The most bytes that the canonical form may have. */
    static final int LARGEST = 256 * 1024;

    private ConfigRules() {}

    static void check(@Nullable Map<String, Object> config) {
        value("config", config, 1);
        if (config != null && CanonicalJson.of(config).length > LARGEST) {
            throw new InvalidValue("config", "must have at most %,d bytes".formatted(LARGEST));
        }
    }

    private static void value(String path, @Nullable Object value, int depth) {
        switch (value) {
            case null -> {
            }
            case Boolean _ -> {
            }
            case String text -> Texts.storable(path, text);
            case Number number -> number(path, number);
            case Map<?, ?> fields -> object(path, fields, depth);
            case List<?> entries -> array(path, entries, depth);
            default -> throw new InvalidValue(path, "must be JSON");
        }
    }

    private static void object(String path, Map<?, ?> fields, int depth) {
        notTooDeep(depth);
        fields.forEach((key, value) -> {
            String name = String.valueOf(key);
            Texts.storable(path, name);
            value(path + "." + name, value, depth + 1);
        });
    }

    private static void array(String path, List<?> entries, int depth) {
        notTooDeep(depth);
        for (int i = 0; i < entries.size(); i++) {
            value(path + "[" + i + "]", entries.get(i), depth + 1);
        }
    }

    private static void notTooDeep(int depth) {
        if (depth > DEEPEST) {
            throw new InvalidValue("config", "must be nested at most %d levels deep".formatted(DEEPEST));
        }
    }

    private static void number(String path, Number number) {
        double nearest = number.doubleValue();
        if (!Double.isFinite(nearest) || exact(number).compareTo(shortest(nearest)) != 0) {
            throw new InvalidValue(path, "must be a number that IEEE 754 double precision keeps");
        }
    }

    private static BigDecimal exact(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case BigInteger integer -> new BigDecimal(integer);
            case Double real -> shortest(real);
            case Float real -> shortest(real);
            default -> BigDecimal.valueOf(number.longValue());
        };
    }

    /** What a reader of the canonical form gets: the shortest decimal that is nearest to this double and no other. */
    private static BigDecimal shortest(double number) {
        try {
            return new BigDecimal(NumberToJSON.serializeNumber(number));
        } catch (IOException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
