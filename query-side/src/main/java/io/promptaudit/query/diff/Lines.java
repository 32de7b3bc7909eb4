package io.promptaudit.query.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.promptaudit.api.query.VersionDiff.Hunk;
import io.promptaudit.api.query.VersionDiff.Line;
import io.promptaudit.api.query.VersionDiff.Op;

/**
 * The difference of two texts, line by line. Lines are what lies between line feeds, with every other character, a
 * carriage return included, so that lines joined by line feeds are the text again.
 */
final class Lines {
    /** How many unchanged lines stand around changed ones. */
    static final int CONTEXT = 3;

    private Lines() {}

    /** The lines of a text: at least one, the last one empty when the text ends in a line feed. */
    static List<String> of(String text) {
        return Arrays.asList(text.split("\n", -1));
    }

    /** What is different; nothing when the lists are equal. */
    static List<Hunk> compare(List<String> from, List<String> to) {
        var hunks = new ArrayList<Hunk>();
        List<Block> blocks = blocks(from.size(), to.size(), Alignment.of(from, to));
        for (int first = 0; first < blocks.size();) {
            int next = first + 1;
            while (next < blocks.size() && blocks.get(next).from - blocks.get(next - 1).fromEnd <= 2 * CONTEXT) {
                next++;
            }
            hunks.add(hunk(from, to, blocks.subList(first, next)));
            first = next;
        }
        return hunks;
    }

    /** The stretches without partners, in order. */
    private static List<Block> blocks(int fromSize, int toSize, int[] partners) {
        var blocks = new ArrayList<Block>();
        int a = 0;
        int b = 0;
        while (a < fromSize || b < toSize) {
            int fromEnd = a;
            while (fromEnd < fromSize && partners[fromEnd] < 0) {
                fromEnd++;
            }
            int toEnd = fromEnd < fromSize ? partners[fromEnd] : toSize;
            if (fromEnd > a || toEnd > b) {
                blocks.add(new Block(a, fromEnd, b, toEnd));
            }
            a = fromEnd + 1;
            b = toEnd + 1;
        }
        return blocks;
    }

    private static Hunk hunk(List<String> from, List<String> to, List<Block> blocks) {
        int start = Math.max(0, blocks.getFirst().from - CONTEXT);
        int before = blocks.getFirst().from - start;
        int end = Math.min(from.size(), blocks.getLast().fromEnd + CONTEXT);
        int toStart = blocks.getFirst().to - before;
        int toEnd = blocks.getLast().toEnd + end - blocks.getLast().fromEnd;
        var lines = new ArrayList<Line>();
        int a = start;
        for (Block block : blocks) {
            equal(from.subList(a, block.from), lines);
            lines.addAll(Words.mark(from.subList(block.from, block.fromEnd), to.subList(block.to, block.toEnd)));
            a = block.fromEnd;
        }
        equal(from.subList(a, end), lines);
        return new Hunk(end > start ? start + 1 : start, end - start, toEnd > toStart ? toStart + 1 : toStart,
                toEnd - toStart, lines);
    }

    private static void equal(List<String> unchanged, List<Line> lines) {
        unchanged.forEach(line -> lines.add(new Line(Op.EQUAL, line, null)));
    }

    /** Lines that differ; the ends are exclusive. */
    private record Block(int from, int fromEnd, int to, int toEnd) {}
}
