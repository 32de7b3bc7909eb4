package io.promptaudit.ledger.note;

import java.util.regex.Pattern;

import io.promptaudit.ledger.MalformedInput;

/** Names of keys (C2SP signed-note, section Format). */
final class KeyName {
    private static final Pattern FORM = Pattern.compile("[^\\p{IsWhite_Space}\\p{Cc}+]+");

    private KeyName() {}

    static String require(String name, String where) {
        if (!FORM.matcher(name).matches()) {
            throw new MalformedInput(where, "a key name is not empty and has no space, control character or +");
        }
        return name;
    }
}
