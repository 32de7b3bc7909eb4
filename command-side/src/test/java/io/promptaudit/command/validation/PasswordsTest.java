package io.promptaudit.command.validation;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.promptaudit.api.command.AccountCommand.SetPassword;

import static io.promptaudit.command.validation.Commands.invalid;
import static io.promptaudit.command.validation.Commands.passes;
import static org.assertj.core.api.Assertions.assertThat;

/** What a password may be. */
class PasswordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a loyal old password", "correct pony stapler 7", "only for this tour, please", "kx7#Tq!9vWz2&Lm",
            "hhzXqv-9wK2mPz0Ra", "Sommerregen auf dem Blechdach", "пароль с двоеточием", "春眠不覚暁処処聞啼鳥夜来風雨声",
            "🩺🧪💊🩹🧬🦠🧫🌡🏥🚑😷🤒🤕🤢🤧", "^%#&!)(*&^~}{|:", "red Admin likes 1234 green apples"})
    void mayBeAnythingLong(String password) {
        passes(new SetPassword("alice", password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Password Password", "password12345678", "P@ssw0rd-P@ssw0rd", "Passw0rd!Passw0rd!1",
            "adminadminadmin1",
            "welcomewelcome123", "Summer2024Summer2024", "letmeinletmeinletmein", "mypasswordispassword", "changeme_changeme",
            "Correct-Horse-Battery-Staple", "the quick brown fox", "this is my password", "aaaaaaaaaaaaaaaa",
            "🩺🩺🩺🩺🩺🩺🩺🩺🩺🩺🩺🩺🩺🩺🩺🩺",
            "               x", "123456789012345", "987654321098765", "abcdefghijklmnop", "zyxwvutsrqponmlk", "абвгдежзийклмноп",
            "qwertyuiopasdfgh", "poiuytrewqlkjhgf", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6y7u8i", "abcabcabcabcabca", "aaabbbcccdddeee",
            "aB1aB1aB1aB1aB1aB1", "!@#$%^&*()!@#$%^"})
    void isNotWhatIsGuessedFirst(String password) {
        invalid("password", new SetPassword("alice", password),
                "must not be made of common words, sequences and repetitions alone");
    }

    @Test
    void namesNeitherTheAccountNorTheProduct() {
        invalid("password", new SetPassword("alice", "Alice-in-Wonderland"), "must not contain the account's id");
        invalid("password", new SetPassword("alice", "my Prompt Audit Trail key"), "must not contain the product's name");
        passes(new SetPassword("al", "a loyal old password"));
    }

    /** Fifteen accents typed apart are thirty code points, and fifteen characters once they are put together. */
    @Test
    void isCountedAsItIsCompared() {
        String apart = "e\u0301a\u0300o\u0302u\u0308n\u0303c\u0327i\u0301y\u0301z\u030cs\u030cr\u030cg\u0306k\u030cl\u0301";
        assertThat(Passwords.normalised(apart)).hasSize(14);
        invalid("password", new SetPassword("alice", apart), "must have 15 to 128 characters");
        passes(new SetPassword("alice", apart + "d\u030c"));
        invalid("password", new SetPassword("alice", "a loyal old \u0378 password"),
                "must not contain characters that Unicode does not assign");
    }

    /** A rule that met random passwords by chance would be a rule about composition. */
    @Test
    void isNeverRefusedWhenItIsRandom() {
        long seed = Long.getLong("promptaudit.seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String password = random.ints(15, 0, 64).mapToObj(n -> String.valueOf((char) ('0' + n)))
                    .reduce("", String::concat);
            assertThat(CommonPasswords.contains(password)).as("%s, -Dpromptaudit.seed=%d", password, seed).isFalse();
        }
    }
}
