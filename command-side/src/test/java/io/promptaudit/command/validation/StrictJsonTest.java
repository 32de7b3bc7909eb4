package io.promptaudit.command.validation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.promptaudit.api.CheckOutcome;
import io.promptaudit.api.Content;
import io.promptaudit.api.MalformedRequest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StrictJsonTest {

    @Test
    void keepsEveryDigit() {
        var body = StrictJson.read("{\"config\":{\"a\":1.10,\"b\":12345678901234567890,\"c\":null}}".getBytes(UTF_8), Body.class);
        assertThat(body.config()).containsEntry("a", new BigDecimal("1.10"))
                .containsEntry("b", new BigInteger("12345678901234567890")).containsEntry("c", null);
    }

    @Test
    void readsTimesWithAnyOffset() {
        var body = StrictJson.read("{\"at\":\"2026-01-31T10:30:00.5+01:00\",\"within\":\"PT15M\"}".getBytes(UTF_8), Body.class);
        assertThat(body.at()).isEqualTo("2026-01-31T09:30:00.500Z");
        assertThat(body.within()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void keepsEveryCharacter() {
        var body = StrictJson.read("{\"text\":\"\\r\\n\\u202e🩺\\ud83e\\ude7a\"}".getBytes(UTF_8), Body.class);
        assertThat(body.text()).isEqualTo("\r\n\u202e🩺🩺");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            {"surprise":1}                   ~ surprise is not a known field
            {"parts":[{"x":1}]}              ~ parts[0].x is not a known field
            {"text":1}                       ~ text must be a string
            {"text":true}                    ~ text must be a string
            {"text":["a"]}                   ~ text must be a string
            {"number":"5"}                   ~ number must be a whole number
            {"number":""}                    ~ number must be a whole number
            {"number":7.9}                   ~ number must be a whole number
            {"number":7.0}                   ~ number must be a whole number
            {"number":true}                  ~ number must be a whole number
            {"number":99999999999}           ~ number must be a whole number of at most 2147483647
            {"flag":1}                       ~ flag must be true or false
            {"flag":"true"}                  ~ flag must be true or false
            {"outcome":"maybe"}              ~ outcome must be passed, or failed
            {"outcome":"PASSED"}             ~ outcome must be passed, or failed
            {"outcome":""}                   ~ outcome must be passed, or failed
            {"outcome":0}                    ~ outcome must be passed, or failed
            {"tags":"a"}                     ~ tags must be an array
            {"tags":["a",null]}              ~ tags[1] must not hold null
            {"tags":["a",5]}                 ~ tags[1] must be a string
            {"config":[]}                    ~ config must be an object
            {"config":""}                    ~ config must be an object
            {"config":{"a":[1,{"b":2,"b":3}]}} ~ config.a[1].b must not be given twice
            {"config":{"a":["x","\\udc00"]}} ~ config.a[1] must be well-formed Unicode, without lone surrogates
            {"config":{"a":{"\\ud800":1}}}   ~ config.a.? must be well-formed Unicode, without lone surrogates
            {"at":1767225600}                ~ at must be a time in ISO 8601 with an offset, such as 2026-01-31T09:30:00Z
            {"at":"2026-01-01"}              ~ at must be a time in ISO 8601 with an offset, such as 2026-01-31T09:30:00Z
            {"at":"+12026-01-01T00:00:00Z"}  ~ at must be a time in ISO 8601 with an offset, such as 2026-01-31T09:30:00Z
            {"within":900}                   ~ within must be a duration in ISO 8601, such as PT15M
            {"within":"15 minutes"}          ~ within must be a duration in ISO 8601, such as PT15M
            {"within":""}                    ~ within must be a duration in ISO 8601, such as PT15M
            {"content":5}                    ~ content must be a string or an array of messages
            {"content":[{"role":5}]}         ~ content[0].role must be a string
            {"content":[{"who":"x"}]}        ~ content[0].who is not a known field
            {"parts":[5]}                    ~ parts[0] must be an object
            {} {}                            ~ body must be one JSON value and nothing after it
            {} 5                             ~ body must be one JSON value and nothing after it
            {"number":NaN}                   ~ body must be JSON, which ends at line 1, column 14
            {'text':1}                       ~ body must be JSON, which ends at line 1, column 2
            {"text":"a",}                    ~ body must be JSON, which ends at line 1, column 13
            {"text":"a"                      ~ body must be JSON, which ends at line 1, column 12
            {/**/}                           ~ body must be JSON, which ends at line 1, column 2
            []                               ~ body must be an object
            "text"                           ~ body must be an object
            ` `                              ~ body is required
            ``                               ~ body is required
            """)
    void saysWhereAndWhatIsWrong(String json, String message) {
        refused(json.getBytes(UTF_8), message);
    }

    @Test
    void takesUtf8Only() {
        refused("{\"text\":\"é\"}".getBytes(ISO_8859_1), "body must be UTF-8");
        refused(new byte[]{'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, "body must be UTF-8");
        refused(new byte[]{'"', (byte) 0xc0, (byte) 0x80, '"'}, "body must be UTF-8");
        assertThatThrownBy(() -> StrictJson.read("\ufeff{}".getBytes(UTF_8), Body.class)).isInstanceOf(MalformedRequest.class);
    }

    @Test
    void staysOnTheGround() {
        assertThatThrownBy(() -> StrictJson.check("[".repeat(1_000_000).getBytes(UTF_8))).isInstanceOf(MalformedRequest.class)
                .hasMessageEndingWith("is nested too deeply or too long");
        assertThatThrownBy(() -> StrictJson.check("{\"n\":%s}".formatted("9".repeat(100_000)).getBytes(UTF_8)))
                .isInstanceOf(MalformedRequest.class);
        StrictJson.check("\"%s\"".formatted("x".repeat(7 << 20)).getBytes(UTF_8));
    }

    @Test
    void neverQuotesTheBody() {
        for (String json : List.of("{\"number\":\"sesame open\"}", "{\"text\":\"sesame open", "sesame",
                "{\"outcome\":\"sesame\"}")) {
            assertThatThrownBy(() -> StrictJson.read(json.getBytes(UTF_8), Body.class)).hasMessageNotContaining("sesame")
                    .hasNoCause();
        }
    }

    private static void refused(byte[] json, String message) {
        assertThatThrownBy(() -> StrictJson.read(json, Body.class)).isInstanceOf(MalformedRequest.class).hasMessage(message);
    }

    record Body(String text, Integer number, Boolean flag, CheckOutcome outcome, List<String> tags, Map<String, Object> config,
            Content content, List<Part> parts, Instant at, Duration within) {}

    record Part(String name) {}
}
