package io.promptaudit.command.validation;

import java.text.Normalizer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;

/** What prompts, environments and accounts may be called. */
public final class Names {
    /** The most characters that a prompt's name may have. */
    public static final int LONGEST_PROMPT = 200;

    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    /** No comma, because metadata lists them with commas. */
    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:/-]{0,63}");
    /** Reserved for patterns, queries and shells, and too easily mistaken for a path separator. */
    private static final String RESERVED = "|<>\\";

    private Names() {}

    /** Whether an account may be called so; anything else exists in no store and need not be looked up. */
    public static boolean isAccount(String id) {
        return ACCOUNT.matcher(id).matches();
    }

    static void account(String field, @Nullable String id) {
        Texts.present(field, id);
        if (id != null && !isAccount(id)) {
            throw new InvalidValue(field, "must be 1 to 64 of A-Z a-z 0-9 . _ @ - and begin with a letter or digit");
        }
    }

    static void group(String field, String id) {
        if (!GROUP.matcher(id).matches()) {
            throw new InvalidValue(field, "must be 1 to 64 of A-Z a-z 0-9 . _ @ : / - and begin with a letter or digit");
        }
    }

    static void environment(String field, @Nullable String name) {
        Texts.present(field, name);
        if (name != null && !ENVIRONMENT.matcher(name).matches()) {
            throw new InvalidValue(field, "must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit");
        }
    }

    static void prompt(String field, @Nullable String name) {
        Texts.present(field, name);
        if (name == null) {
            return;
        }
        Texts.storable(field, name);
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > LONGEST_PROMPT) {
            throw new InvalidValue(field, "must have 1 to %d characters".formatted(LONGEST_PROMPT));
        }
        name.codePoints().filter(character -> !isAllowed(character)).findFirst().ifPresent(character -> {
            throw new InvalidValue(field, "must not contain U+%04X (%s)".formatted(character, kindOf(character)));
        });
        if (!Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            throw new InvalidValue(field, "must be in Unicode normalization form NFC");
        }
        for (String segment : name.split("/", -1)) {
            segment(field, segment);
        }
    }

    private static void segment(String field, String segment) {
        if (segment.isEmpty()) {
            throw new InvalidValue(field, "must not begin or end with a slash, nor have two in a row");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new InvalidValue(field, "must not have the segment " + segment);
        }
        if (segment.startsWith(" ") || segment.endsWith(" ") || segment.contains("  ")) {
            throw new InvalidValue(field, "must have spaces only singly, between other characters of a segment");
        }
    }

    private static boolean isAllowed(int character) {
        if (character == ' ') {
            return true;
        }
        return RESERVED.indexOf(character) < 0 && kindOf(character).equals("character");
    }

    private static String kindOf(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> "a control character";
            case Character.FORMAT -> "an invisible format character";
            case Character.UNASSIGNED -> "not assigned by Unicode";
            case Character.PRIVATE_USE -> "for private use";
            case Character.SURROGATE -> "half a character";
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                "a space other than U+0020";
            default -> RESERVED.indexOf(character) < 0 ? "character" : "reserved";
        };
    }
}
