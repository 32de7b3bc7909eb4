package io.promptaudit.server.evidence;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Passes bytes on for as long as somebody may have them, which is asked again now and then. */
final class WatchedStream extends FilterOutputStream {
    private static final int ASKED_AFTER = 1 << 20;

    private final BooleanSupplier allowed;
    private long untilAsked = ASKED_AFTER;

    WatchedStream(OutputStream out, BooleanSupplier allowed) {
        super(out);
        this.allowed = allowed;
    }

    @Override
    public void write(int one) throws IOException {
        watch(1);
        out.write(one);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        watch(length);
        out.write(bytes, from, length);
    }

    private void watch(int length) throws IOException {
        untilAsked -= length;
        if (untilAsked <= 0) {
            untilAsked = ASKED_AFTER;
            if (!allowed.getAsBoolean()) {
                throw new IOException("the reader may read no more");
            }
        }
    }
}
