package io.promptaudit.command.validation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import static java.util.Objects.requireNonNull;

/**
 * Knows what is guessed first: passwords of common words, sequences and repetitions (NIST SP 800-63B-4, 3.1.1.2: a blocklist of
 * "commonly used, expected, or compromised" ones). No list of leaked passwords holds much of 15 characters and more, and what it
 * holds is made in these ways; guessing on is what the slowed door is for.
 */
final class CommonPasswords {
    /** As many independent pieces as the shortest passwords in use have characters. */
    private static final int FEWEST_PIECES = 8;
    private static final int SHORTEST_RUN = 3;
    private static final Set<String> WORDS = words();
    private static final int LONGEST_WORD = WORDS.stream().mapToInt(String::length).max().orElseThrow();
    /** Keys in the order of keyboards, straight and zigzag. */
    private static final List<String> ROWS = List.of("1234567890", "!@#$%^&*()", "qwertyuiop", "qwertzuiop", "azertyuiop",
            "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm",
            "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1a2b3c4d5e6f7g8h9i", "a1b2c3d4e5f6g7h8i9");

    private CommonPasswords() {}

    /** Whether little is left of it when common words, sequences and repetitions count as one character each. */
    static boolean contains(String password) {
        String text = plain(password);
        String read = unmasked(text);
        int piece = period(text);
        int end = piece == 0 ? text.length() : piece;
        int pieces = 0;
        for (int at = 0; at < end; pieces++) {
            at += Math.max(1, Math.max(run(text, at), Math.max(word(text, at), word(read, at))));
        }
        return pieces < FEWEST_PIECES;
    }

    /** Lower case, without what separates words. */
    static String plain(String password) {
        return password.toLowerCase(Locale.ROOT).replaceAll("[\\s._-]", "");
    }

    /** Letters that were written as digits and signs. */
    private static String unmasked(String text) {
        return text.replace('0', 'o').replace('1', 'i').replace('3', 'e').replace('4', 'a').replace('5', 's').replace('7', 't')
                .replace('@', 'a').replace('$', 's').replace('!', 'i');
    }

    /** The length of the piece that the whole text repeats; 0 when there is none. */
    private static int period(String text) {
        for (int length = 1; length <= text.length() / 2; length++) {
            if (text.startsWith(text.substring(length))) {
                return length;
            }
        }
        return 0;
    }

    /** How many characters from here on are a word. */
    private static int word(String text, int at) {
        for (int end = Math.min(text.length(), at + LONGEST_WORD); end > at; end--) {
            if (WORDS.contains(text.substring(at, end))) {
                return end - at;
            }
        }
        return 0;
    }

    /** How many characters from here on are one repeated, follow each other in their alphabet, or lie side by side. */
    private static int run(String text, int at) {
        int longest = 0;
        for (int step = -1; step <= 1; step++) {
            int end = at + 1;
            while (end < text.length() && text.charAt(end) - text.charAt(end - 1) == step) {
                end++;
            }
            longest = Math.max(longest, end - at);
        }
        for (String row : ROWS) {
            longest = Math.max(longest, Math.max(shared(text, at, row), shared(text, at, reversed(row))));
        }
        return longest < SHORTEST_RUN ? 0 : longest;
    }

    private static int shared(String text, int at, String row) {
        int start = row.indexOf(text.charAt(at));
        int length = 0;
        while (start >= 0 && start + length < row.length() && at + length < text.length()
                && row.charAt(start + length) == text.charAt(at + length)) {
            length++;
        }
        return length;
    }

    private static String reversed(String row) {
        return new StringBuilder(row).reverse().toString();
    }

    private static Set<String> words() {
        try (var file = new BufferedReader(new InputStreamReader(
                requireNonNull(CommonPasswords.class.getResourceAsStream("common-words.txt")), StandardCharsets.UTF_8))) {
            return file.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
