package io.promptaudit.ledger.encoding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.Seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonTest {
    private static String canonical(String json) {
        return new String(CanonicalJson.encode(JsonReader.parse(json.getBytes(StandardCharsets.UTF_8), "text")),
                StandardCharsets.UTF_8);
    }

    @Test
    void theCanonicalFormIsThatOfAnotherLibrary() throws IOException {
        for (String json : new String[]{"{}", "[]",
                " { \"b\" : [ 1 , true , null , false ] , \"a\" : {\"\\ud83d\\ude00\" : \"\\/\\u0001\\n\"} } ",
                "[0,-0,1,10,-1.50,1e21,1E+20,1e-6,1e-7,123456789012345680000,5e-324,1.7976931348623157e308,0.1,2.5e-1,4.35]"}) {
            assertThat(canonical(json))
                    .isEqualTo(new String(new JsonCanonicalizer(json).getEncodedUTF8(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void numbersAreThoseOfAnotherLibrary() throws IOException {
        Random random = Seeds.random();
        for (int i = 0; i < 100_000; i++) {
            double number = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(100) * Math.pow(10, random.nextInt(600) - 300);
            if (Double.isFinite(number)) {
                String json = "[" + number + "]";
                assertThat(canonical(json)).isEqualTo(new JsonCanonicalizer(json).getEncodedString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1,\"a\":1}", "{a:1}", "[1,]", "[1 2]",
            "[,]", "01",
            "1.", ".5", "+1", "1e", "-", "0x1", "NaN", "tru", "nul", "\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud83d\"",
            "\"\\ude00\\ud83d\"", "\"\n\"", "1 1", "{}x", "'a'", "\u00a01"})
    void whatIsNoJsonIsRefused(String json) {
        assertThatThrownBy(() -> canonical(json)).isInstanceOf(MalformedInput.class).hasMessageStartingWith("text, character ");
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThatThrownBy(() -> canonical("[".repeat(100_000))).hasMessageContaining("deeper than");
        assertThatThrownBy(() -> canonical("[1e400]")).isInstanceOf(MalformedInput.class);
    }
}
