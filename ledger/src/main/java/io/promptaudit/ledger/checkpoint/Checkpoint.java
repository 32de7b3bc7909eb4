package io.promptaudit.ledger.checkpoint;

import java.util.List;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Decimal;
import io.promptaudit.ledger.tree.Hash;

/**
 * What a log claims about its tree: the text of a note (C2SP tlog-checkpoint).
 *
 * @param origin which log
 * @param size how many entries; unsigned
 * @param root of the tree over them
 * @param extensions further lines, which nobody can audit; logs of ours have none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    /** Copies the extensions, and checks that every line is one. */
    public Checkpoint {
        extensions = List.copyOf(extensions);
        requireLine(origin, "origin");
        extensions.forEach(extension -> requireLine(extension, "extension"));
    }

    /** A checkpoint without extensions. */
    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    private static void requireLine(String line, String where) {
        if (line.isEmpty() || line.indexOf('\n') >= 0) {
            throw new MalformedInput("checkpoint", "its " + where + " is not one line");
        }
    }

    /**
     * Reads the text of a note.
     *
     * @throws MalformedInput unless {@link #text()} would give this very text
     */
    public static Checkpoint parse(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() < 4 || !lines.getLast().isEmpty()) {
            throw new MalformedInput("checkpoint", "is not an origin, a size and a root, a line each");
        }
        return new Checkpoint(lines.get(0), Decimal.parse(lines.get(1), "checkpoint, line 2"),
                Hash.ofBase64(lines.get(2), "checkpoint, line 3"), lines.subList(3, lines.size() - 1));
    }

    /** The text to sign. */
    public String text() {
        var text = new StringBuilder().append(origin).append('\n').append(Decimal.format(size)).append('\n').append(root)
                .append('\n');
        extensions.forEach(extension -> text.append(extension).append('\n'));
        return text.toString();
    }
}
