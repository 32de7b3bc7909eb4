package io.promptaudit.command.validation;

import java.text.Normalizer;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.api.MalformedRequest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NamesTest {
    /** Every category of letters, marks, numbers, punctuation and symbols. */
    private static final Set<Byte> GOOD = Set.of(Character.UPPERCASE_LETTER, Character.LOWERCASE_LETTER,
            Character.TITLECASE_LETTER, Character.MODIFIER_LETTER, Character.OTHER_LETTER, Character.NON_SPACING_MARK,
            Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK, Character.DECIMAL_DIGIT_NUMBER,
            Character.LETTER_NUMBER, Character.OTHER_NUMBER, Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION,
            Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION,
            Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION, Character.MATH_SYMBOL,
            Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL);

    @Nested
    class OfPrompts {
        @ParameterizedTest
        @ValueSource(strings = {"a", "clinical/intake", "रोगी/प्रवेश", "คลินิก/รับผู้ป่วย", "?#&%+=", "🩺/📋 intake", "❤\uFE0F",
                "a b/c d",
                "...", ".a", "a..b", "é", "*", "“quoted”", "x:y;z", "中文/提示", "ⅷ", "½"})
        void pass(String name) {
            assertThatCode(() -> Names.prompt("name", name)).doesNotThrowAnyException();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                ``        ~ must have 1 to 200 characters
                /a        ~ must not begin or end with a slash, nor have two in a row
                a/        ~ must not begin or end with a slash, nor have two in a row
                a//b      ~ must not begin or end with a slash, nor have two in a row
                a/../b    ~ must not have the segment ..
                ./a       ~ must not have the segment .
                ` a`      ~ must have spaces only singly, between other characters of a segment
                `a `      ~ must have spaces only singly, between other characters of a segment
                a  b      ~ must have spaces only singly, between other characters of a segment
                a /b      ~ must have spaces only singly, between other characters of a segment
                a/ b      ~ must have spaces only singly, between other characters of a segment
                a|b       ~ must not contain U+007C (reserved)
                a<b       ~ must not contain U+003C (reserved)
                a>b       ~ must not contain U+003E (reserved)
                a\\b      ~ must not contain U+005C (reserved)
                """)
        void saysWhatIsWrong(String name, String rule) {
            assertThatThrownBy(() -> Names.prompt("name", name)).isInstanceOf(InvalidValue.class).hasMessage("name " + rule);
        }

        @ParameterizedTest
        @CsvSource({"0, must not contain U+0000", "9, must not contain U+0009 (a control character)",
                "200D, must not contain U+200D (an invisible format character)",
                "202E, must not contain U+202E (an invisible format character)",
                "FEFF, must not contain U+FEFF (an invisible format character)",
                "A0, must not contain U+00A0 (a space other than U+0020)",
                "2028, must not contain U+2028 (a space other than U+0020)",
                "E000, must not contain U+E000 (for private use)", "10FFFE, must not contain U+10FFFE (not assigned by Unicode)",
                "378, must not contain U+0378 (not assigned by Unicode)",
                "D83D, 'must be well-formed Unicode, without lone surrogates'"})
        void saysWhichCharacterIsWrong(String character, String rule) {
            String name = "a" + Character.toString(Integer.parseInt(character, 16)) + "b";
            assertThatThrownBy(() -> Names.prompt("name", name)).isInstanceOf(InvalidValue.class).hasMessage("name " + rule);
        }

        @Test
        void areComposed() {
            assertThatCode(() -> Names.prompt("name", "caf\u00e9")).doesNotThrowAnyException();
            assertThatThrownBy(() -> Names.prompt("name", "cafe\u0301"))
                    .hasMessage("name must be in Unicode normalization form NFC");
        }

        @Test
        void areCountedInCodePoints() {
            assertThatCode(() -> Names.prompt("name", "🩺".repeat(200))).doesNotThrowAnyException();
            assertThatThrownBy(() -> Names.prompt("name", "🩺".repeat(201))).hasMessage("name must have 1 to 200 characters");
        }

        @Test
        void areRequired() {
            assertThatThrownBy(() -> Names.prompt("name", null)).isInstanceOf(MalformedRequest.class)
                    .hasMessage("name is required");
        }

        @Test
        void takeEveryCharacterByItsCategoryAlone() {
            for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
                String name = "a" + Character.toString(character) + "b";
                if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
                    continue;
                }
                boolean good = character == ' ' || character == '/'
                        || (GOOD.contains((byte) Character.getType(character)) && "|<>\\".indexOf(character) < 0);
                expect(name, good, "U+%04X".formatted(character));
            }
        }

        @Test
        void takeWhatIsMadeOfGoodSegmentsAndNothingElse() {
            long seed = new Random().nextLong();
            var random = new Random(seed);
            for (int i = 0; i < 20_000; i++) {
                String name = soup(random);
                expect(name, isGood(name), "seed " + seed);
            }
        }

        private static void expect(String name, boolean good, String what) {
            if (passes(name) != good) {
                throw new AssertionError("%s: %s should %s".formatted(what, name, good ? "pass" : "be refused"));
            }
        }

        private static boolean passes(String name) {
            try {
                Names.prompt("name", name);
                return true;
            } catch (InvalidValue refused) {
                return false;
            }
        }

        /** The rules once more, told in another way. */
        private static boolean isGood(String name) {
            String character = "(?:[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}&&[^|<>\\\\/]])";
            String segment = "(?!\\.{1,2}(?:/|$))" + character + "(?: ?" + character + ")*";
            return name.matches(segment + "(?:/" + segment + ")*") && Normalizer.isNormalized(name, Normalizer.Form.NFC);
        }

        private static String soup(Random random) {
            String[] pieces = {"a", "Z", "9", "/", "/", ".", ".", " ", " ", "é", "e\u0301", "🩺", "\u200d", "\u00a0", "|", "प",
                    "ि", "~", "\u0007", "_"};
            var name = new StringBuilder();
            for (int length = random.nextInt(7); length > 0; length--) {
                name.append(pieces[random.nextInt(pieces.length)]);
            }
            return name.toString();
        }
    }

    @ParameterizedTest
    @CsvSource({"production,true", "eu-west.2_b,true", "0,true", "Production,false", "-a,false", "a b,false", "'',false",
            "prod\u00e9,false", "'a\n',false"})
    void environmentsAreLowerCaseWords(String name, boolean good) {
        if (good) {
            Names.environment("environment", name);
            Names.environment("environment", "x".repeat(64));
            return;
        }
        assertThatThrownBy(() -> Names.environment("environment", name)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> Names.environment("environment", "x".repeat(65))).isInstanceOf(InvalidValue.class);
    }

    @ParameterizedTest
    @CsvSource({"rhea,true", "Ana.B@example.org,true", "7,true", "a:b,false", "a/b,false", ".a,false", "a b,false", "'',false",
            "ä,false"})
    void accountsHaveNoColon(String id, boolean good) {
        if (good) {
            Names.account("id", id);
            return;
        }
        assertThatThrownBy(() -> Names.account("id", id)).isInstanceOf(InvalidValue.class);
    }
}
