package io.promptaudit.query.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.promptaudit.api.query.VersionDiff.Hunk;
import io.promptaudit.api.query.VersionDiff.Line;
import io.promptaudit.api.query.VersionDiff.Op;
import io.promptaudit.api.query.VersionDiff.Word;

import static org.assertj.core.api.Assertions.assertThat;

class LinesTest {
    /** Lines that are easily torn: CRLF, emoji with joiners, flags, combining marks, right-to-left, no spaces. */
    private static final List<String> LINES = List.of("", " ", "Ask the patient.", "Ask the {{patient}} twice.\r", "\r",
            "\ud83d\udc69\u200d\u2695\ufe0f and \ud83d\udc68\ud83c\udffd\u200d\u2695\ufe0f",
            "\ud83c\udde8\ud83c\udded \ud83c\udde6\ud83c\uddf9", "cafe\u0301 caf\u00e9",
            "\u05e9\u05dc\u05d5\u05dd \u200fworld\u200e", "\u0627\u0644\u0645\u0631\u064a\u0636",
            "\u60a3\u8005\u306b\u805e\u3044\u3066\u304f\u3060\u3055\u3044",
            "\u0e16\u0e32\u0e21\u0e1c\u0e39\u0e49\u0e1b\u0e48\u0e27\u0e22", "\u0915\u094d\u200d\u0937", "a\tb", "end");

    @Test
    void appliedToTheOldTextGiveTheNewOne() {
        for (long seed = 0; seed < 600; seed++) {
            var random = new Random(seed);
            String from = text(random, random.nextInt(40));
            String to = random.nextInt(4) == 0 ? text(random, random.nextInt(40)) : edited(random, from);
            var hunks = Lines.compare(Lines.of(from), Lines.of(to));
            assertThat(apply(hunks, from)).as("seed %d", seed).isEqualTo(to);
            assertThat(hunks.isEmpty()).as("seed %d", seed).isEqualTo(from.equals(to));
            for (Hunk hunk : hunks) {
                for (Line line : hunk.lines()) {
                    wordsGiveTheLineBack(line, seed);
                }
            }
        }
    }

    @Test
    void changeAsFewLinesAsPossible() {
        for (long seed = 1000; seed < 1300; seed++) {
            var random = new Random(seed);
            var from = Lines.of(text(random, random.nextInt(25)));
            var to = Lines.of(text(random, random.nextInt(25)));
            long equal = Arrays.stream(Alignment.of(from, to)).filter(partner -> partner >= 0).count();
            assertThat(equal).as("seed %d", seed).isEqualTo(longestCommon(from, to));
        }
    }

    @Nested
    class Hunks {
        @Test
        void haveThreeLinesAroundTheChange() {
            String from = numbered(1, 20);
            var hunk = only(Lines.compare(Lines.of(from), Lines.of(from.replace("line 10\n", "changed\n"))));
            assertThat(hunk).extracting(Hunk::fromLine, Hunk::fromCount, Hunk::toLine, Hunk::toCount)
                    .containsExactly(7, 7, 7, 7);
            assertThat(hunk.lines()).extracting(Line::op).containsExactly(Op.EQUAL, Op.EQUAL, Op.EQUAL, Op.DELETE,
                    Op.INSERT, Op.EQUAL, Op.EQUAL, Op.EQUAL);
        }

        @Test
        void joinWhenTheLinesAroundThemMeet() {
            String from = numbered(1, 30);
            String near = from.replace("line 10\n", "x\n").replace("line 17\n", "y\n");
            String far = from.replace("line 10\n", "x\n").replace("line 18\n", "y\n");
            assertThat(Lines.compare(Lines.of(from), Lines.of(near))).hasSize(1);
            assertThat(Lines.compare(Lines.of(from), Lines.of(far))).hasSize(2);
        }

        @Test
        void showAMissingLineFeedAtTheEnd() {
            var hunk = only(Lines.compare(Lines.of("a\nb\n"), Lines.of("a\nb")));
            assertThat(hunk.lines()).containsExactly(new Line(Op.EQUAL, "a", null), new Line(Op.EQUAL, "b", null),
                    new Line(Op.DELETE, "", null));
        }

        @Test
        void showACarriageReturnAsAChangeOfItsLine() {
            var hunk = only(Lines.compare(Lines.of("a b\r\nc"), Lines.of("a b\nc")));
            assertThat(hunk.lines()).containsExactly(
                    new Line(Op.DELETE, "a b\r", List.of(new Word(Op.EQUAL, "a b"), new Word(Op.DELETE, "\r"))),
                    new Line(Op.INSERT, "a b", List.of(new Word(Op.EQUAL, "a b"))), new Line(Op.EQUAL, "c", null));
        }

        @Test
        void beginAtZeroWhereThereIsNoOtherSide() {
            var hunk = only(Lines.compare(List.of(), List.of("new")));
            assertThat(hunk).extracting(Hunk::fromLine, Hunk::fromCount, Hunk::toLine, Hunk::toCount)
                    .containsExactly(0, 0, 1, 1);
            assertThat(Lines.compare(List.of(), List.of())).isEmpty();
        }
    }

    @Nested
    class WordMarks {
        @Test
        void showWhichWordIsAnother() {
            assertThat(marks("Ask the patient now.", "Ask the doctor now."))
                    .containsExactly("Ask the [-patient-] now.", "Ask the [+doctor+] now.");
        }

        @Test
        void doNotTearCharactersApart() {
            assertThat(marks("go \ud83d\udc69\u200d\u2695\ufe0f", "go \ud83d\udc69\u200d\ud83d\udd2c"))
                    .containsExactly("go [-\ud83d\udc69\u200d\u2695\ufe0f-]", "go [+\ud83d\udc69\u200d\ud83d\udd2c+]");
            assertThat(marks("un cafe\u0301", "un cafe")).containsExactly("un [-cafe\u0301-]", "un [+cafe+]");
            assertThat(marks("\u60a3\u8005\u306b", "\u60a3\u8005\u304c")).containsExactly("\u60a3\u8005[-\u306b-]",
                    "\u60a3\u8005[+\u304c+]");
            assertThat(marks("\u05e9\u05dc\u05d5\u05dd world", "\u05e9\u05dc\u05d5\u05dd all")).containsExactly(
                    "\u05e9\u05dc\u05d5\u05dd [-world-]",
                    "\u05e9\u05dc\u05d5\u05dd [+all+]");
        }

        @Test
        void followAWordAcrossLines() {
            var hunk = only(Lines.compare(List.of("one two three"), List.of("one two", "three")));
            assertThat(hunk.lines()).filteredOn(line -> line.op() == Op.INSERT).extracting(LinesTest::shown)
                    .containsExactly("one two", "three");
        }

        @Test
        void areLeftOutWhereNothingIsShared() {
            var hunk = only(Lines.compare(List.of("one two"), List.of("red blue")));
            assertThat(hunk.lines()).extracting(Line::words).containsOnlyNulls();
        }

        @Test
        void areLeftOutOfBlocksThatAreTooLong() {
            String words = "word ".repeat(Words.MOST_CHARACTERS);
            var hunk = only(Lines.compare(List.of(words + "a"), List.of(words + "b")));
            assertThat(hunk.lines()).extracting(Line::words).containsOnlyNulls();
        }

        private List<String> marks(String from, String to) {
            return only(Lines.compare(List.of(from), List.of(to))).lines().stream().map(LinesTest::shown).toList();
        }
    }

    @Nested
    class OfAMebibyte {
        private final List<String> long20000 = IntStream.range(0, 20_000)
                .mapToObj(i -> "%06d %s".formatted(i, "lorem ipsum dolor sit amet, consectetur adip")).toList();

        @Test
        void findASingleChange() {
            var to = new ArrayList<>(long20000);
            to.set(12_345, "other");
            assertThat(only(Lines.compare(long20000, to)).fromLine()).isEqualTo(12_343);
        }

        @Test
        void copeWhenEveryLineIsAnother() {
            var to = long20000.stream().map(line -> line.replace("lorem", "x")).toList();
            assertThat(only(Lines.compare(long20000, to)).toCount()).isEqualTo(20_000);
        }

        @Test
        void copeWhenTheLinesAreShuffled() {
            var to = new ArrayList<>(long20000);
            Collections.shuffle(to, new Random(3));
            assertApplies(long20000, to);
        }

        @Test
        void copeWhenManyLinesAreTheSame() {
            var random = new Random(4);
            var from = random.ints(20_000, 0, 3).mapToObj(i -> "line " + i).toList();
            var to = random.ints(20_000, 0, 3).mapToObj(i -> "line " + i).toList();
            assertApplies(from, to);
        }

        @Test
        void copeWhenAThirdIsEdited() {
            var random = new Random(5);
            var to = long20000.stream().map(line -> random.nextInt(3) == 0 ? line + " edited" : line).toList();
            var hunks = assertApplies(long20000, to);
            assertThat(hunks.stream().flatMap(hunk -> hunk.lines().stream()).filter(line -> line.op() == Op.DELETE))
                    .hasSizeLessThan(8_000).allMatch(line -> line.words() != null);
        }

        @Test
        void copeWithOneLongLine() {
            var hunks = Lines.compare(List.of("a".repeat(1 << 20)), List.of("a".repeat((1 << 20) - 1) + "b"));
            assertThat(only(hunks).lines()).hasSize(2);
        }

        private List<Hunk> assertApplies(List<String> from, List<String> to) {
            var hunks = Lines.compare(from, to);
            assertThat(apply(hunks, String.join("\n", from)).equals(String.join("\n", to))).isTrue();
            return hunks;
        }
    }

    /** What a reader of the answer would do, checking every number it holds. */
    static String apply(List<Hunk> hunks, String text) {
        var from = Lines.of(text);
        var to = new ArrayList<String>();
        int next = 0;
        for (Hunk hunk : hunks) {
            while (next < hunk.fromLine() - 1) {
                to.add(from.get(next++));
            }
            assertThat(to).hasSize(Math.max(0, hunk.toLine() - 1));
            int fromStart = next;
            for (Line line : hunk.lines()) {
                if (line.op() != Op.INSERT) {
                    assertThat(from.get(next++)).isEqualTo(line.text());
                }
                if (line.op() != Op.DELETE) {
                    to.add(line.text());
                }
            }
            assertThat(next - fromStart).isEqualTo(hunk.fromCount());
            assertThat(to).hasSize(Math.max(0, hunk.toLine() - 1) + hunk.toCount());
        }
        to.addAll(from.subList(next, from.size()));
        return String.join("\n", to);
    }

    private static void wordsGiveTheLineBack(Line line, long seed) {
        var words = line.words();
        if (words != null) {
            assertThat(line.op()).isNotEqualTo(Op.EQUAL);
            assertThat(words).as("seed %d", seed).allMatch(word -> word.op() == Op.EQUAL || word.op() == line.op());
            assertThat(words.stream().map(Word::text).collect(Collectors.joining())).as("seed %d", seed)
                    .isEqualTo(line.text());
        }
    }

    private static String shown(Line line) {
        var words = line.words();
        return words == null ? line.text() : words.stream().map(word -> switch (word.op()) {
            case EQUAL -> word.text();
            case DELETE -> "[-" + word.text() + "-]";
            case INSERT -> "[+" + word.text() + "+]";
        }).collect(Collectors.joining());
    }

    private static Hunk only(List<Hunk> hunks) {
        assertThat(hunks).hasSize(1);
        return hunks.getFirst();
    }

    private static String numbered(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private static String text(Random random, int lines) {
        return random.ints(lines, 0, LINES.size()).mapToObj(LINES::get).collect(Collectors.joining("\n"));
    }

    private static String edited(Random random, String text) {
        var lines = new ArrayList<>(Lines.of(text));
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.add(at, LINES.get(random.nextInt(LINES.size())));
                case 1 -> lines.set(at, lines.get(at) + LINES.get(random.nextInt(LINES.size())));
                default -> {
                    if (lines.size() > 1) {
                        lines.remove(at);
                    }
                }
            }
        }
        return String.join("\n", lines);
    }

    private static int longestCommon(List<String> from, List<String> to) {
        int[][] length = new int[from.size() + 1][to.size() + 1];
        for (int a = 1; a <= from.size(); a++) {
            for (int b = 1; b <= to.size(); b++) {
                length[a][b] = from.get(a - 1).equals(to.get(b - 1))
                        ? length[a - 1][b - 1] + 1
                        : Math.max(length[a - 1][b], length[a][b - 1]);
            }
        }
        return length[from.size()][to.size()];
    }
}
