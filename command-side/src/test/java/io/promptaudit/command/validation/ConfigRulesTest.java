package io.promptaudit.command.validation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.promptaudit.command.validation.Commands.TEXT;
import static io.promptaudit.command.validation.Commands.creation;
import static io.promptaudit.command.validation.Commands.invalid;
import static io.promptaudit.command.validation.Commands.passes;

/** What configs may be. */
@SuppressWarnings("NullAway")
class ConfigRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0", "0.1", "1.10", "9007199254740991", "9007199254740992", "1e21", "5e-324",
            "1.7976931348623157e308", "1E+2", "-2.5e-7", "0.30000000000000004"})
    void keepNumbersThatADoubleKeeps(String number) {
        passes(creation(TEXT, Map.of("n", new BigDecimal(number))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "12345678901234567890", "9007199254740993", "1e-400", "1e999999999",
            "1e-999999999", "0.1000000000000000055", "3.14159265358979323846"})
    void refuseNumbersThatItDoesNot(String number) {
        invalid("config.n", creation(TEXT, Map.of("n", new BigDecimal(number))),
                "must be a number that IEEE 754 double precision keeps");
    }

    @Test
    void judgeIntegersOfEveryWidth() {
        invalid("config.n", creation(TEXT, Map.of("n", new BigInteger("18446744073709551617"))),
                "must be a number that IEEE 754 double precision keeps");
        invalid("config.n", creation(TEXT, Map.of("n", Long.MAX_VALUE)),
                "must be a number that IEEE 754 double precision keeps");
        // A double, but its shortest form is 1152921504606847000.
        invalid("config.n", creation(TEXT, Map.of("n", 1L << 60)),
                "must be a number that IEEE 754 double precision keeps");
        invalid("config.n", creation(TEXT, Map.of("n", Double.NaN)),
                "must be a number that IEEE 754 double precision keeps");
        passes(creation(TEXT, Map.of("n", 7, "m", 0.1, "l", 1L << 53)));
    }

    @Test
    void nestAtMost64Levels() {
        passes(creation(TEXT, nested(64)));
        invalid("config", creation(TEXT, nested(65)), "must be nested at most 64 levels deep");
    }

    @Test
    void haveAtMost256Kibibytes() {
        passes(creation(TEXT, Map.of("k", "x".repeat(262_136))));
        invalid("config", creation(TEXT, Map.of("k", "x".repeat(262_137))), "must have at most 262,144 bytes");
    }

    @Test
    void haveWellFormedTexts() {
        invalid("config", creation(TEXT, Map.of("\ud83d", 1)), "must be well-formed Unicode, without lone surrogates");
        invalid("config.a[0]", creation(TEXT, Map.of("a", List.of("\ud83d"))),
                "must be well-formed Unicode, without lone surrogates");
        passes(creation(TEXT, Collections.singletonMap("stop", null)));
    }

    private static Map<String, Object> nested(int levels) {
        Map<String, Object> config = Map.of();
        for (int i = 1; i < levels; i++) {
            config = Map.of("a", config);
        }
        return config;
    }
}
