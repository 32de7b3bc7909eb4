package io.promptaudit.ledger.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;

/** Reads a pack's events one after the other. Holds one line. */
final class EventLines {
    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long number;
    private boolean ended;

    EventLines(InputStream in) {
        this.in = in;
    }

    /**
     * The next event; null behind the last.
     *
     * @throws MalformedInput if the next line is none; the one behind it can be read all the same
     */
    @Nullable
    EventLine next() {
        int end = end();
        if (end == from) {
            return null;
        }
        number++;
        byte[] line = Arrays.copyOfRange(buffer, from, end);
        from = end;
        try {
            return EventLine.parse(line);
        } catch (MalformedInput wrong) {
            throw malformed(number, String.valueOf(wrong.getMessage()));
        }
    }

    /** Where the line ends that begins at {@code from}: behind its line feed, or where the stream ends. */
    private int end() {
        int looked = from;
        while (true) {
            for (; looked < to; looked++) {
                if (buffer[looked] == '\n') {
                    return looked + 1;
                }
            }
            int before = from;
            if (!fill()) {
                return to;
            }
            looked -= before - from;
        }
    }

    private boolean fill() {
        if (ended) {
            return false;
        }
        // Behind a failure there is nothing more to read.
        ended = true;
        if (to - from > EventLine.MAX_LENGTH) {
            to = from;
            throw malformed(number + 1, "is too long");
        }
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        try {
            int read = in.read(buffer, to, buffer.length - to);
            to += Math.max(read, 0);
            ended = read < 0;
            return !ended;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + EventLine.MEMBER, unreadable);
        }
    }

    private static MalformedInput malformed(long line, String rule) {
        return new MalformedInput("%s, line %d".formatted(EventLine.MEMBER, line), rule);
    }
}
