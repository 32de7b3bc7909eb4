package io.promptaudit.command.validation;

import java.text.Normalizer;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;

/**
 * The rules for passwords, after NIST SP 800-63B-4, 3.1.1.2: long rather than intricate, any characters, and not what is guessed
 * first.
 */
public final class Passwords {
    private static final int SHORTEST = 15;
    private static final int LONGEST = 128;
    /** Shorter ids occur in words by chance. */
    private static final int SHORTEST_TELLING_ID = 4;
    private static final String PRODUCT = "promptaudit";

    private Passwords() {}

    /** The form in which a password is counted, hashed and compared: however it was typed, in Unicode's form C. */
    public static String normalised(CharSequence password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    static void check(String account, @Nullable String password) {
        Texts.present("password", password);
        if (password == null) {
            return;
        }
        Texts.storable("password", password);
        String normalised = normalised(password);
        // What Unicode has not assigned yet may be normalised otherwise one day (UAX 15, 12.1: stabilised strings).
        if (normalised.codePoints().anyMatch(character -> Character.getType(character) == Character.UNASSIGNED)) {
            throw new InvalidValue("password", "must not contain characters that Unicode does not assign");
        }
        int length = normalised.codePointCount(0, normalised.length());
        if (length < SHORTEST || length > LONGEST) {
            throw new InvalidValue("password", "must have %d to %d characters".formatted(SHORTEST, LONGEST));
        }
        if (account.length() >= SHORTEST_TELLING_ID
                && normalised.toLowerCase(Locale.ROOT).contains(account.toLowerCase(Locale.ROOT))) {
            throw new InvalidValue("password", "must not contain the account's id");
        }
        if (CommonPasswords.plain(normalised).contains(PRODUCT)) {
            throw new InvalidValue("password", "must not contain the product's name");
        }
        if (CommonPasswords.contains(normalised)) {
            throw new InvalidValue("password", "must not be made of common words, sequences and repetitions alone");
        }
    }
}
