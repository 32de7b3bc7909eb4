package io.promptaudit.server.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A document of the project, as far as its tests need to read it. */
public final class Markdown {
    private static final String FENCE = "```";

    private final List<String> lines;

    private Markdown(List<String> lines) {
        this.lines = lines;
    }

    /**
     * A fenced block.
     *
     * @param kind what stands behind the opening fence
     * @param line where it begins, from 1
     */
    record Block(String kind, String text, int line) {}

    /** The document with this path from the root of the project. */
    public static Markdown of(String path) {
        try {
            return new Markdown(Files.readAllLines(root().resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder that holds the README. */
    static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("README.md"))).findFirst().orElseThrow();
    }

    /** Nothing but the section with this heading. */
    Markdown only(String heading) {
        return new Markdown(section(heading));
    }

    List<String> lines() {
        return lines;
    }

    /** Every fenced block, in order. */
    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int open = i;
                do {
                    i++;
                } while (!lines.get(i).equals(FENCE));
                blocks.add(new Block(lines.get(open).substring(FENCE.length()), String.join("\n", lines.subList(open + 1, i)),
                        open + 1));
            }
        }
        return blocks;
    }

    /** The lines below this heading of the second level, up to the next. */
    List<String> section(String heading) {
        int from = lines.indexOf("## " + heading) + 1;
        if (from == 0) {
            throw new AssertionError("there is no section " + heading);
        }
        return lines.stream().skip(from).takeWhile(line -> !line.startsWith("## ")).toList();
    }

    /** The cells of the table in this section, row by row, without its head. */
    public List<List<String>> table(String heading) {
        return section(heading).stream().filter(line -> line.startsWith("|")).skip(2)
                .map(line -> Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1)).map(String::strip).toList())
                .toList();
    }
}
