package io.promptaudit.ledger.tile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TilePathTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 256, tile/0/000", "1, 1234067, 256, tile/1/x001/x234/067", "2, 5, 1, tile/2/005.p/1",
            "63, 999, 255, tile/63/999.p/255", "0, 1000, 256, tile/0/x001/000",
            "0, 36028797018963967, 8, tile/0/x036/x028/x797/x018/x963/967.p/8"})
    void isWrittenAndReadInGroupsOfThreeDigits(int level, long index, int width, String path) {
        TilePath tile = TilePath.hashes(level, index, width);
        assertThat(tile).hasToString(path);
        assertThat(TilePath.parse(path)).isEqualTo(tile);
    }

    @Test
    void ofEntriesHasNoLevel() {
        assertThat(TilePath.entries(273, 112)).hasToString("tile/entries/273.p/112");
        assertThat(TilePath.parse("tile/entries/x001/000")).isEqualTo(TilePath.entries(1000, 256));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "tile", "tile/0", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000",
                    "tile/0/x000/000", "tile/0/x00/000", "tile/0/001/000", "tile/0/x001/x000", "tile/0/000.p/0",
                    "tile/0/000.p/256", "tile/0/000.p/01",
                    "tile/0/000.p", "tile/0/000.p/", "/tile/0/000", "tile/0/000/", "tile/0/../000", "tile/0/%30", "tile/x/000",
                    "tile/0/x036/x028/x797/x018/x963/968", "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/000\n"})
    void isRefusedInAnyOtherForm(String path) {
        assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(MalformedInput.class);
    }

    @Test
    void hasTheWidthsOfTheSpecificationsExamples() {
        assertThat(TilePath.widthIn(70_000, 0, 272)).isEqualTo(256);
        assertThat(TilePath.widthIn(70_000, 0, 273)).isEqualTo(112);
        assertThat(TilePath.widthIn(70_000, 0, 274)).isZero();
        assertThat(TilePath.widthIn(70_000, 1, 0)).isEqualTo(256);
        assertThat(TilePath.widthIn(70_000, 1, 1)).isEqualTo(17);
        assertThat(TilePath.widthIn(70_000, 2, 0)).isEqualTo(1);
        assertThat(TilePath.widthIn(70_000, 3, 0)).isZero();
        assertThat(TilePath.widthIn(256, 1, 0)).isEqualTo(1);
        assertThat(TilePath.widthIn(Long.MAX_VALUE, 7, 0)).isEqualTo(127);
        assertThat(TilePath.widthIn(Long.MAX_VALUE, 8, 0)).isZero();
    }
}
