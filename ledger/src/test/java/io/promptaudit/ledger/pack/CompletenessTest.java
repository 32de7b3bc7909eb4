package io.promptaudit.ledger.pack;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CompletenessTest {
    private static final String TEXT = """
            {"events":"3","from":"2026-03-01T12:00:00Z","prompt":"clinical/intake","scope":"prompt","size":"7","to":"2026-03-01T13:00:00Z",\
            "v":"1"}""";

    private static Completeness parse(String text) {
        return Completeness.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void hasOneForm() {
        Completeness claim = parse(TEXT);
        assertThat(claim).isEqualTo(new Completeness("clinical/intake", Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2026-03-01T13:00:00Z"), 7, 3));
        assertThat(claim.encode()).asString(StandardCharsets.UTF_8).isEqualTo(TEXT);
        assertThat(new Completeness(null, null, null, 7, 3).encode()).asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"events\":\"3\",\"scope\":\"trail\",\"size\":\"7\",\"v\":\"1\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"v\":\"2\"", "\"v\":\"1\",\"w\":\"\"", "\"w\":\"1\"", "\"v\":1"})
    void isReadInItsOneFormOnly(String version) {
        assertThatThrownBy(() -> parse(TEXT.replace("\"v\":\"1\"", version))).isInstanceOf(MalformedInput.class)
                .hasMessageStartingWith("completeness.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"scope\":\"trail\"", "\"scope\":\"prompt\",\"size\":\"-7\"", ""})
    void saysOneThing(String scope) {
        assertThatThrownBy(() -> parse(TEXT.replace("\"scope\":\"prompt\"", scope))).isInstanceOf(MalformedInput.class);
        assertThatThrownBy(() -> parse(TEXT.replace("12:00:00Z", "12:00:00.000Z"))).isInstanceOf(MalformedInput.class);
        assertThatThrownBy(() -> parse(TEXT.replace("\"7\"", "\"18446744073709551615\""))).isInstanceOf(MalformedInput.class);
    }
}
