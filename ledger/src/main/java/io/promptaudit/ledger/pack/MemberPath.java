package io.promptaudit.ledger.pack;

import java.util.regex.Pattern;

import io.promptaudit.ledger.MalformedInput;

/** The names that members of a pack may have: what every system can unpack below one folder, and nowhere else. */
final class MemberPath {
    private static final int MAX_LENGTH = 200;
    /** Names of ASCII that neither begin nor end with a dot, with slashes between. */
    private static final Pattern FORM = Pattern
            .compile("[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?(?:/[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?)*");

    private MemberPath() {}

    /**
     * The path, if it is one.
     *
     * @throws MalformedInput if it could lead elsewhere, or differs between systems
     */
    static String safe(String path) {
        if (path.length() > MAX_LENGTH || !FORM.matcher(path).matches()) {
            throw new MalformedInput("path of a member", "is not names of letters, digits, . _ and - with / between");
        }
        return path;
    }
}
