package io.promptaudit.ledger.encoding;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.JsonValue.JsonArray;
import io.promptaudit.ledger.encoding.JsonValue.JsonLiteral;
import io.promptaudit.ledger.encoding.JsonValue.JsonNumber;
import io.promptaudit.ledger.encoding.JsonValue.JsonObject;
import io.promptaudit.ledger.encoding.JsonValue.JsonText;

/** The one form of a JSON value (RFC 8785). */
public final class CanonicalJson {
    /** Where ECMAScript begins to write exponents (ECMA-262, Number::toString). */
    private static final int MOST_DIGITS = 21;
    private static final int MOST_ZEROS = 6;

    private CanonicalJson() {}

    /**
     * The bytes of the one form. Numbers are those of IEEE 754 double precision that are nearest.
     *
     * @throws MalformedInput if a number is too large for one
     */
    public static byte[] encode(JsonValue value) {
        var json = new StringBuilder();
        write(value, json);
        return Utf8.encode(json.toString());
    }

    private static void write(JsonValue value, StringBuilder json) {
        switch (value) {
            case JsonObject object -> object(object.members(), json);
            case JsonArray array -> array(array.items(), json);
            case JsonText text -> JsonString.append(json, text.text());
            case JsonNumber number -> json.append(number(number));
            case JsonLiteral literal -> json.append(switch (literal) {
                case TRUE -> "true";
                case FALSE -> "false";
                case NULL -> "null";
            });
        }
    }

    private static void object(Map<String, JsonValue> members, StringBuilder json) {
        String before = "{";
        for (Map.Entry<String, JsonValue> member : new TreeMap<>(members).entrySet()) {
            JsonString.append(json.append(before), member.getKey());
            write(member.getValue(), json.append(':'));
            before = ",";
        }
        json.append(members.isEmpty() ? "{}" : "}");
    }

    private static void array(List<JsonValue> items, StringBuilder json) {
        json.append('[');
        for (int i = 0; i < items.size(); i++) {
            write(items.get(i), json.append(i == 0 ? "" : ","));
        }
        json.append(']');
    }

    private static String number(JsonNumber number) {
        double value = Double.parseDouble(number.literal());
        if (Double.isInfinite(value)) {
            throw new MalformedInput("number", "is too large for double precision");
        }
        return value == 0 ? "0" : (value < 0 ? "-" : "") + positive(Math.abs(value));
    }

    /** ECMA-262, Number::toString: {@code digits} are its s, {@code point} its n. */
    private static String positive(double value) {
        BigDecimal shortest = shortest(value);
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        if (point > MOST_DIGITS || point <= -MOST_ZEROS) {
            return digits.charAt(0) + (digits.length() == 1 ? "" : "." + digits.substring(1)) + "e" + (point > 0 ? "+" : "")
                    + (point - 1);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return point >= digits.length()
                ? digits + "0".repeat(point - digits.length())
                : digits.substring(0, point) + "." + digits.substring(point);
    }

    /** The fewest digits that are nearest to this number. {@link Double#toString} gives them, except that it gives no single one. */
    private static BigDecimal shortest(double value) {
        BigDecimal single = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return (single.doubleValue() == value ? single : new BigDecimal(Double.toString(value))).stripTrailingZeros();
    }
}
