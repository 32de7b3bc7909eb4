package io.promptaudit.command.validation;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;

/** The rules for passwords: long rather than intricate, and not what is guessed first. */
final class Passwords {
    private static final int SHORTEST = 15;
    private static final int LONGEST = 128;
    /** Shorter ids occur in words by chance. */
    private static final int SHORTEST_TELLING_ID = 4;
    /** Long passwords that lists of leaked ones hold, and those that documentation shows. Lower case, without spaces. */
    private static final Set<String> COMMON = Set.of("passwordpassword", "passwordpassword1", "password123456789",
            "password12345678", "passwordpassword123", "passw0rdpassw0rd", "mypasswordispassword", "iloveyouiloveyou",
            "123456789012345", "1234567890123456", "12345678901234567890", "123456789123456789", "111111111111111",
            "1111111111111111", "000000000000000", "0000000000000000", "aaaaaaaaaaaaaaaa", "abcdefghijklmno",
            "abcdefghijklmnop", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfgh", "qwertyuiopasdfghjkl",
            "qwertyuiopasdfghjklzxcvbnm", "qwertyuiop123456", "qwertyuiop1234567890", "1qaz2wsx3edc4rfv",
            "1q2w3e4r5t6y7u8i", "1qaz2wsx3edc4rfv5tgb", "q1w2e3r4t5y6u7i8", "qwertyqwertyqwerty", "administrator123",
            "administratoradministrator", "adminadminadmin", "adminadminadminadmin", "changemechangeme",
            "changeme123456789", "letmeinletmeinletmein", "welcomewelcome123", "correcthorsebatterystaple",
            "correct-horse-battery-staple", "thequickbrownfox", "thequickbrownfoxjumpsoverthelazydog",
            "trustno1trustno1", "secretsecretsecret", "supersecretpassword", "thisisapassword", "thisismypassword");

    private Passwords() {}

    static void check(String account, @Nullable String password) {
        Texts.present("password", password);
        if (password == null) {
            return;
        }
        Texts.storable("password", password);
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new InvalidValue("password", "must have %d to %d characters".formatted(SHORTEST, LONGEST));
        }
        String plain = password.toLowerCase(Locale.ROOT);
        if (account.length() >= SHORTEST_TELLING_ID && plain.contains(account.toLowerCase(Locale.ROOT))) {
            throw new InvalidValue("password", "must not contain the account's id");
        }
        if (COMMON.contains(plain.replace(" ", ""))) {
            throw new InvalidValue("password", "must not be one that is commonly used");
        }
    }
}
