package io.promptaudit.server.disk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.server.disk.Room.Level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How much free space a setting means, and what follows from what is free. */
class FreeSpaceTest {
    private static final FreeSpace WARN = FreeSpace.valueOf("20%,1000B");
    private static final FreeSpace STOP = FreeSpace.valueOf("5%,100B");

    @ParameterizedTest
    @CsvSource({"20%,1000,200", "2KB,1000000,2048", "2KB,10,10", "0B,1000,0", "0%,1000,0", "2.5%,1000,25"})
    void isAShareOrASize(String text, long total, long bytes) {
        assertThat(FreeSpace.valueOf(text).of(total)).isEqualTo(bytes);
    }

    @Test
    void isTheSmallerOfBoth() {
        assertThat(WARN.of(1000)).isEqualTo(200);
        assertThat(WARN.of(1_000_000)).isEqualTo(1000);
        assertThat(WARN).hasToString("20%,1000B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "20", "20%1GB", "100%", "-1%", "1PB", "20%,", ",1GB", "lots", "1GB,20%"})
    void isNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FreeSpace.valueOf(text));
    }

    @Test
    void theWayBackIsATenthLonger() {
        assertThat(level(200, Level.FINE)).isEqualTo(Level.FINE);
        assertThat(level(199, Level.FINE)).isEqualTo(Level.LOW);
        assertThat(level(210, Level.LOW)).isEqualTo(Level.LOW);
        assertThat(level(220, Level.LOW)).isEqualTo(Level.FINE);
        assertThat(level(50, Level.LOW)).isEqualTo(Level.LOW);
        assertThat(level(49, Level.FINE)).isEqualTo(Level.READ_ONLY);
        assertThat(level(54, Level.READ_ONLY)).isEqualTo(Level.READ_ONLY);
        assertThat(level(55, Level.READ_ONLY)).isEqualTo(Level.LOW);
        assertThat(level(500, Level.READ_ONLY)).isEqualTo(Level.FINE);
    }

    private static Level level(long free, Level before) {
        return Room.measured("x", free, 1000, before, WARN, STOP).level();
    }
}
