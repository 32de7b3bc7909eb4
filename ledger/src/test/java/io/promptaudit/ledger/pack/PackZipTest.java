package io.promptaudit.ledger.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.ledger.MalformedInput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Zips that were not made to be packs. */
class PackZipTest {
    private static final int MEMBER = 100_000;

    @TempDir
    Path root;

    private static byte[] zip(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(new byte[MEMBER]);
            }
        }
        return bytes.toByteArray();
    }

    private PackZip open(byte[] bytes) throws IOException {
        return new PackZip(Files.write(root.resolve("pack.zip"), bytes));
    }

    private void refused(byte[] bytes, String rule) {
        assertThatThrownBy(() -> open(bytes).close()).isInstanceOf(MalformedInput.class).hasMessageContaining(rule);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        try (var zip = open(zip("a", "b/c"))) {
            assertThat(zip.paths()).containsExactly("a", "b/c");
            assertThat(zip.read("a", MEMBER)).isEqualTo(new byte[MEMBER]);
            assertThat(zip.read("d", MEMBER)).isNull();
            assertThatThrownBy(() -> zip.read("a", MEMBER - 1)).isInstanceOf(MalformedInput.class)
                    .hasMessage("a: has more than 99999 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a/../b", "a\\b", "a/", "C:a", "a\u0000", "ä"})
    void noNameLeadsElsewhere(String name) throws IOException {
        refused(zip(name), "path of a member");
    }

    @Test
    void noNameIsThereTwice() throws IOException {
        refused(zip("a", "A"), "has two members of one name: A");
        byte[] twice = zip("a1", "a2");
        String text = new String(twice, StandardCharsets.ISO_8859_1).replace("a2", "a1");
        refused(text.getBytes(StandardCharsets.ISO_8859_1), "has two members of one name: a1");
    }

    @Test
    void nothingLiesBetween() throws IOException {
        byte[] good = zip("a");
        refused(concat(new byte[1], good), "has something");
        refused(concat(good, new byte[1]), "is torn, or no zip");
        refused(concat(good, good), "has something");
        refused("no zip at all, but longer than its end".getBytes(StandardCharsets.US_ASCII), "is torn, or no zip");
        refused(new byte[0], "is torn, or no zip");
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
    }

    @Test
    void bothHeadersSayTheSame() throws IOException {
        byte[] other = zip("a");
        other[30] = 'b';
        refused(other, "has a member whose headers differ: a");
    }

    @Test
    void aMemberIsAsLongAsTheDirectorySays() throws IOException {
        for (int size : new int[]{MEMBER - 1, MEMBER + 1, 1}) {
            byte[] bomb = zip("a");
            ByteBuffer buffer = ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN);
            int directory = buffer.getInt(bomb.length - 6);
            buffer.putInt(directory + 24, size);
            try (var zip = open(bomb)) {
                assertThatThrownBy(() -> zip.read("a", 1 << 20)).isInstanceOf(MalformedInput.class)
                        .hasMessage("a: is longer or shorter than the zip's directory says");
            }
        }
    }

    @Test
    void moreMembersThanSixteenBitsCount() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var pack = new PackWriter(bytes);
        for (int i = 0; i < 66_000; i++) {
            pack.member("receipts/" + i + ".tlog-proof", out -> out.write('a'));
        }
        pack.finish();
        try (var zip = open(bytes.toByteArray())) {
            assertThat(zip.paths()).hasSize(66_001);
            assertThat(zip.read("receipts/65999.tlog-proof", 1)).containsExactly('a');
        }
    }
}
