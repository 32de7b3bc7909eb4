package io.promptaudit.server.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Who loses the right to read gets no more. */
class WatchedStreamTest {
    private final AtomicBoolean allowed = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final ByteArrayOutputStream given = new ByteArrayOutputStream();

    @Test
    void asksAgainAfterEveryMebibyte() throws IOException {
        try (var stream = new WatchedStream(given, () -> {
            asked.incrementAndGet();
            return allowed.get();
        })) {
            byte[] portion = new byte[1 << 19];
            for (int i = 0; i < 4; i++) {
                stream.write(portion);
            }
            assertThat(asked).hasValue(2);
            allowed.set(false);
            stream.write(portion);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> stream.write(portion));
            assertThat(given.size()).isEqualTo(5 << 19);
        }
    }
}
