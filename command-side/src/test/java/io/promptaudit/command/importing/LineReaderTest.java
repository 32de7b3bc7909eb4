package io.promptaudit.command.importing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

class LineReaderTest {
    private static final long SEED = Long.getLong("seed", 20261124L);

    /** Hands out a few bytes at a time, as a network does. */
    private static final class Trickle extends InputStream {
        private final InputStream bytes;
        private final Random random;

        Trickle(byte[] bytes, Random random) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int most = random.nextInt(10) == 0 ? length : 1 + random.nextInt(40);
            return bytes.read(into, offset, Math.min(length, most));
        }
    }

    @Test
    void readsWhatANaiveSplitterReads() throws IOException {
        for (long seed = SEED; seed < SEED + 3_000; seed++) {
            var random = new Random(seed);
            byte[] bytes = bytes(random);
            int longest = random.nextInt(4) == 0 ? 200_000 : random.nextInt(60);
            assertThat(read(new Trickle(bytes, random), longest)).as("seed %d, longest %d", seed, longest)
                    .isEqualTo(split(bytes, longest));
        }
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[random.nextInt(50) == 0 ? random.nextInt(150_000) : random.nextInt(300)];
        random.nextBytes(bytes);
        int lineEnds = 1 + random.nextInt(100);
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(lineEnds) == 0) {
                bytes[i] = '\n';
            }
        }
        return bytes;
    }

    /** A line that is too long is null; nothing follows the last line end. */
    private static List<@Nullable String> split(byte[] bytes, int longest) {
        var lines = new ArrayList<@Nullable String>();
        String text = new String(bytes, ISO_8859_1);
        while (!text.isEmpty()) {
            int end = text.indexOf('\n');
            String line = end < 0 ? text : text.substring(0, end);
            lines.add(line.length() > longest ? null : line);
            text = end < 0 ? "" : text.substring(end + 1);
        }
        return lines;
    }

    private static List<@Nullable String> read(InputStream in, int longest) throws IOException {
        var lines = new ArrayList<@Nullable String>();
        var reader = new LineReader(in, longest);
        for (var line = reader.next(); line != null; line = reader.next()) {
            byte[] bytes = line.bytes();
            lines.add(bytes == null ? null : new String(bytes, ISO_8859_1));
        }
        assertThat(reader.next()).as("after the end").isNull();
        return lines;
    }

    @Test
    void keepsALineAcrossItsOwnBuffer() throws IOException {
        String line = "x".repeat(64 * 1024 * 3 + 17);
        assertThat(read(new ByteArrayInputStream((line + "\ny").getBytes(ISO_8859_1)), 1 << 20)).containsExactly(line, "y");
    }

    @Test
    void passesOverALineThatIsTooLongAndGoesOn() throws IOException {
        byte[] bytes = ("x".repeat(200_000) + "\ngood\n").getBytes(ISO_8859_1);
        assertThat(read(new ByteArrayInputStream(bytes), 100_000)).containsExactly(null, "good");
    }

    @Test
    void leavesCarriageReturnsToTheReader() throws IOException {
        assertThat(read(new ByteArrayInputStream("a\r\nb".getBytes(ISO_8859_1)), 10)).containsExactly("a\r", "b");
    }

    @Test
    void tellsBlankLines() throws IOException {
        var reader = new LineReader(new ByteArrayInputStream(" \t\r\n{}\n".getBytes(StandardCharsets.UTF_8)), 10);
        assertThat(reader.next()).isNotNull().matches(LineReader.Line::isBlank);
        assertThat(reader.next()).isNotNull().matches(line -> !line.isBlank());
        assertThat(new LineReader.Line(null).isBlank()).as("too long").isFalse();
    }
}
