package io.promptaudit.ledger.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
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

    /** A zip with one member whose sizes stand before it. */
    private static byte[] stored() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var entry = new ZipEntry("a");
            var crc = new CRC32();
            crc.update(new byte[MEMBER]);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(MEMBER);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(new byte[MEMBER]);
        }
        return bytes.toByteArray();
    }

    private static int directory(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 6);
    }

    /** With more bytes before the directory, or within it, which the zip's end takes account of. */
    private static byte[] inserted(byte[] zip, int at, byte[] more) {
        byte[] longer = concat(concat(Arrays.copyOf(zip, at), more), Arrays.copyOfRange(zip, at, zip.length));
        ByteBuffer buffer = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
        boolean within = at > directory(zip);
        buffer.putInt(longer.length - 6, directory(zip) + (within ? 0 : more.length));
        buffer.putInt(longer.length - 10, buffer.getInt(longer.length - 10) + (within ? more.length : 0));
        return longer;
    }

    @Test
    void sizesBeforeAMemberAreThoseOfTheDirectory() throws IOException {
        try (var zip = open(stored())) {
            assertThat(zip.read("a", MEMBER)).isEqualTo(new byte[MEMBER]);
        }
        for (int at : new int[]{14, 18, 22}) {
            byte[] local = stored();
            local[at] ^= 1;
            refused(local, "has a member whose headers differ: a");
        }
        byte[] central = stored();
        central[directory(central) + 16] ^= 1;
        refused(central, "has a member whose headers differ: a");
    }

    @Test
    void sizesBehindAMemberAreThoseOfTheDirectory() throws IOException {
        for (int at : new int[]{14, 18, 22}) {
            byte[] local = zip("a");
            local[at] ^= 1;
            refused(local, "has a member whose headers differ: a");
        }
        for (int back = 16; back > 0; back--) {
            byte[] descriptor = zip("a", "b");
            descriptor[directory(descriptor) - back] ^= 1;
            refused(descriptor, "has a member whose headers differ: b");
        }
    }

    /** Where such a member ends can only be guessed by whoever reads from the front. */
    @Test
    void nothingIsStoredWithItsSizesBehind() throws IOException {
        byte[] stored = stored();
        byte[] zip = inserted(stored, directory(stored),
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt(0x08074b50)
                        .put(Arrays.copyOfRange(stored, 14, 26)).array());
        Arrays.fill(zip, 14, 26, (byte) 0);
        zip[6] |= 8;
        zip[directory(zip) + 8] |= 8;
        refused(zip, "has a member that is encrypted, split or of an unknown method: a");
    }

    /** Such as Info-ZIP's, which give a member another name (0x7075). */
    @Test
    void noExtraFieldSaysMore() throws IOException {
        byte[] other = {0x75, 0x70, 6, 0, 1, 0, 0, 0, 0, 'b'};
        byte[] local = inserted(zip("a"), 31, other);
        local[28] = (byte) other.length;
        refused(local, "has a member with more than sizes beside its name: a");
        byte[] central = inserted(zip("a"), directory(zip("a")) + 47, other);
        central[directory(central) + 30] = (byte) other.length;
        refused(central, "has a member with more than sizes beside its name: a");
        byte[] unused = inserted(zip("a"), directory(zip("a")) + 47, new byte[]{1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        unused[directory(unused) + 30] = 12;
        refused(unused, "has a member with more than sizes beside its name: a");
    }

    @Test
    void aSizeCanBeToldIn64Bits() throws IOException {
        byte[] stored = stored();
        byte[] sizes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 1).putShort((short) 16)
                .putLong(MEMBER).putLong(MEMBER).array();
        byte[] both = inserted(inserted(stored, directory(stored) + 47, sizes), 31, sizes);
        both[28] = (byte) sizes.length;
        both[directory(both) + 30] = (byte) sizes.length;
        Arrays.fill(both, 18, 26, (byte) 0xFF);
        Arrays.fill(both, directory(both) + 20, directory(both) + 28, (byte) 0xFF);
        try (var zip = open(both)) {
            assertThat(zip.read("a", MEMBER)).isEqualTo(new byte[MEMBER]);
        }
        both[31 + 4] ^= 1;
        refused(both, "has a member whose headers differ: a");
    }

    @Test
    void aMemberIsAsLongAsTheDirectorySays() throws IOException {
        for (int size : new int[]{MEMBER - 1, MEMBER + 1, 1}) {
            byte[] bomb = zip("a");
            ByteBuffer buffer = ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN);
            buffer.putInt(directory(bomb) + 24, size).putInt(directory(bomb) - 4, size);
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
