package io.promptaudit.server.ledger;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a process says on its output before it is killed: words, a line each. A kill may leave a half of the last line. */
final class Said {
    private static final String END = ".";

    private Said() {}

    /** Says it. Whoever reads the output has it once this returns, also when the process is killed then. */
    static void say(String... words) {
        synchronized (Said.class) {
            System.out.println(String.join(" ", words) + " " + END);
            System.out.flush();
        }
    }

    /** The words of a line; null when it is not one of ours, or a half. */
    static @Nullable List<String> words(String line) {
        return line.endsWith(" " + END) ? List.of(line.split(" ")) : null;
    }
}
