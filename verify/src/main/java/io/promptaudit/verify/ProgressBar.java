package io.promptaudit.verify;

import java.io.Console;
import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.verification.Progress;

/** Shows how far a long verification is, where somebody looks. */
final class ProgressBar implements Progress {
    private static final int WIDTH = 40;
    private static final long PAUSE_NANOS = 200_000_000;

    private final PrintWriter terminal;
    private final boolean wanted;
    private long shown = System.nanoTime();
    private long events;
    private boolean visible;

    ProgressBar(PrintWriter terminal, boolean wanted) {
        this.terminal = terminal;
        this.wanted = wanted;
    }

    /** Only on a terminal, and not among what a program reads. */
    static boolean wanted(@Nullable Console console, boolean json) {
        return console != null && console.isTerminal() && !json;
    }

    @Override
    public void at(long done, long size) {
        long now = System.nanoTime();
        if (wanted && now - shown > PAUSE_NANOS) {
            shown = now;
            visible = true;
            int filled = (int) (WIDTH * ((double) done / size));
            terminal.printf("\r[%s%s] %,d of %,d entries%s", "#".repeat(filled), " ".repeat(WIDTH - filled), done, size,
                    events == 0 ? "" : ", %,d events".formatted(events));
            terminal.flush();
        }
    }

    @Override
    public void events(long done) {
        events = done;
    }

    /** Makes place for what comes. */
    void done() {
        if (visible) {
            terminal.print("\r" + " ".repeat(WIDTH + 80) + "\r");
            terminal.flush();
        }
    }
}
