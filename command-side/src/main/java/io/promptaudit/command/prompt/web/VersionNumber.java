package io.promptaudit.command.prompt.web;

import java.util.regex.Pattern;

import io.promptaudit.api.MalformedRequest;
import io.promptaudit.api.UnknownThing;

/** Reads the version in a path. */
final class VersionNumber {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private VersionNumber() {}

    /**
     * The number that the path names.
     *
     * @throws MalformedRequest when it is no whole number
     * @throws UnknownThing when it is one that no prompt can have
     */
    static int parse(String segment) {
        if (!DIGITS.matcher(segment).matches()) {
            throw new MalformedRequest("version", "must be a whole number");
        }
        try {
            return Integer.parseInt(segment);
        } catch (NumberFormatException tooLarge) {
            throw new UnknownThing("version-not-found", "There is no such version.");
        }
    }
}
