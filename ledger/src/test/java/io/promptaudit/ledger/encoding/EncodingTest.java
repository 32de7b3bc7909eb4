package io.promptaudit.ledger.encoding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every value has one form, and no other is read. */
class EncodingTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "AA==", "AAA=", "AAAA", "+/+/"})
    void readsCanonicalBase64(String text) {
        assertThat(Base64Text.encode(Base64Text.decode(text, "here"))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AAA", "AB==", "AAB=", "AAAA=", "AA==\n", " AAAA", "AA-_", "AAAAA", "é", "=", "===="})
    void refusesEveryOtherBase64(String text) {
        assertThatThrownBy(() -> Base64Text.decode(text, "here")).isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith("here: ");
    }

    @Test
    void readsNumbersUpToSixtyFourBits() {
        assertThat(Decimal.parse("0", "here")).isZero();
        assertThat(Decimal.parse("9223372036854775808", "here")).isEqualTo(Long.MIN_VALUE);
        assertThat(Decimal.parse("18446744073709551615", "here")).isEqualTo(-1);
        assertThat(Decimal.format(-1)).isEqualTo("18446744073709551615");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "01", "-1", "+1", " 1", "1 ", "1\n", "1.0", "1e3", "0x1", "18446744073709551616",
            "99999999999999999999", "100000000000000000000", "١"})
    void refusesEveryOtherNumber(String text) {
        assertThatThrownBy(() -> Decimal.parse(text, "here")).isInstanceOf(MalformedInput.class).hasMessageStartingWith("here: ");
    }

    @Test
    void replacesNothingInUtf8() {
        assertThat(Utf8.decode(Utf8.encode("é\u2014\uD83D\uDE00"), "here")).isEqualTo("é\u2014\uD83D\uDE00");
        assertThat(Utf8.decode(Utf8.encode("a\uFFFDb"), "here")).isEqualTo("a\uFFFDb");
        assertThatThrownBy(() -> Utf8.encode("\uD83D")).isInstanceOf(IllegalArgumentException.class);
        for (byte[] invalid : new byte[][]{{(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xFF},
                {(byte) 0xE2, (byte) 0x80}}) {
            assertThatThrownBy(() -> Utf8.decode(invalid, "here")).isInstanceOf(MalformedInput.class)
                    .hasMessage("here: is not valid UTF-8");
        }
    }
}
