package io.promptaudit.query.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.promptaudit.api.query.VersionDiff.Line;
import io.promptaudit.api.query.VersionDiff.Op;
import io.promptaudit.api.query.VersionDiff.Word;

/**
 * Marks which words of replaced lines are different. A word is a run of letters, marks and digits; in scripts that are
 * written without spaces, and for everything else, one character as a reader sees it (a grapheme cluster), so that no
 * emoji and no combining mark is torn apart.
 */
final class Words {
    /** Replaced blocks with more characters than this, both sides together, get no marks. */
    static final int MOST_CHARACTERS = 40_000;
    /** Nor do replaced blocks with more words than this on one side. */
    static final int MOST_WORDS = 3_000;

    private static final String UNSPACED = "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}";
    private static final Pattern WORD = Pattern
            .compile("[\\p{L}\\p{N}_&&[^%s]][\\p{L}\\p{M}\\p{N}_\\x{200C}\\x{200D}&&[^%s]]*+|[ \\t]++|\\X"
                    .formatted(UNSPACED, UNSPACED));
    private static final String END_OF_LINE = "\n";

    private Words() {}

    /** The old lines as deleted and the new ones as inserted, with marks where both sides share a word. */
    static List<Line> mark(List<String> from, List<String> to) {
        if (from.isEmpty() || to.isEmpty() || characters(from) + characters(to) > MOST_CHARACTERS) {
            return unmarked(from, to);
        }
        List<String> old = words(from);
        List<String> young = words(to);
        if (Math.max(old.size(), young.size()) > MOST_WORDS) {
            return unmarked(from, to);
        }
        int[] partners = Alignment.of(old, young);
        var kept = new boolean[young.size()];
        var stays = new boolean[old.size()];
        boolean shared = false;
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] >= 0) {
                stays[i] = true;
                kept[partners[i]] = true;
                shared |= !old.get(i).isBlank();
            }
        }
        if (!shared) {
            return unmarked(from, to);
        }
        List<Line> lines = marked(Op.DELETE, from, old, stays);
        lines.addAll(marked(Op.INSERT, to, young, kept));
        return lines;
    }

    private static List<Line> unmarked(List<String> from, List<String> to) {
        var lines = new ArrayList<Line>();
        from.forEach(line -> lines.add(new Line(Op.DELETE, line, null)));
        to.forEach(line -> lines.add(new Line(Op.INSERT, line, null)));
        return lines;
    }

    private static List<Line> marked(Op op, List<String> lines, List<String> words, boolean[] equal) {
        var marked = new ArrayList<Line>();
        int next = 0;
        for (String line : lines) {
            var pieces = new ArrayList<Word>();
            while (!words.get(next).equals(END_OF_LINE)) {
                append(pieces, equal[next] ? Op.EQUAL : op, words.get(next));
                next++;
            }
            next++;
            marked.add(new Line(op, line, pieces));
        }
        return marked;
    }

    /** Neighbours of one kind become one piece. */
    private static void append(List<Word> pieces, Op op, String text) {
        if (!pieces.isEmpty() && pieces.getLast().op() == op) {
            pieces.add(new Word(op, pieces.removeLast().text() + text));
        } else {
            pieces.add(new Word(op, text));
        }
    }

    private static List<String> words(List<String> lines) {
        var words = new ArrayList<String>();
        for (String line : lines) {
            var matcher = WORD.matcher(line);
            while (matcher.find()) {
                words.add(matcher.group());
            }
            words.add(END_OF_LINE);
        }
        return words;
    }

    private static long characters(List<String> lines) {
        return lines.stream().mapToLong(String::length).sum();
    }
}
