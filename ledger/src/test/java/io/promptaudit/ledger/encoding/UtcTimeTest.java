package io.promptaudit.ledger.encoding;

import java.time.Instant;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.Seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UtcTimeTest {
    @Test
    void readsWhatTheJdkWrites() {
        Random random = Seeds.random();
        for (int i = 0; i < 20_000; i++) {
            int nanos = random.nextInt(1_000_000_000);
            Instant instant = Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 260_000_000_000L),
                    i % 3 == 0 ? 0 : nanos / 1_000 * (i % 3 == 1 ? 1_000 : 1));
            assertThat(UtcTime.parse(instant.toString(), "time")).isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T12:00:00Z", "2026-03-01T12:00:00.1Z", "2026-03-01T12:00:00.120Z",
            "2026-03-01T12:00:00.123456789Z",
            "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2024-02-29T00:00:00Z"})
    void readsWhatTheJdkReads(String text) {
        assertThat(UtcTime.parse(text, "time")).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z", "2026-03-01", "2026-03-01T12:00:00", "2026-03-01T12:00:00.Z1", "2026-13-01T12:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-03-01T25:00:00Z", "2026-03-01T12:00:61Z", "2026-03-01 12:00:00Z", "2026-03-01T12:00:00.1234567890Z",
            "2026-03-01T12:00:00,1Z",
            "2026-03-01T12:00:0٣Z", "noon"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> UtcTime.parse(text, "time")).isInstanceOf(MalformedInput.class)
                .hasMessage("time: is no ISO 8601 time in UTC");
    }
}
