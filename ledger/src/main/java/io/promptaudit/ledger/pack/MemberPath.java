package io.promptaudit.ledger.pack;

import java.util.Set;
import java.util.regex.Pattern;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileReader;

/** The names that members of a pack may have: what every system can unpack below one folder, and nowhere else. */
final class MemberPath {
    private static final int MAX_LENGTH = 200;
    /** Names of ASCII that neither begin nor end with a dot, with slashes between. */
    private static final Pattern FORM = Pattern
            .compile("[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?(?:/[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?)*");

    private static final Set<String> ALONE = Set.of(EventLine.MEMBER, TileReader.CHECKPOINT, "policy", Completeness.MEMBER,
            "events.csv",
            "report.html", "HOW-TO-VERIFY.md");
    private static final Pattern RECEIPT = Pattern.compile("receipts/[A-Za-z0-9-]{1,64}\\.tlog-proof");

    private MemberPath() {}

    /** Where the receipt of an event lies. */
    static String receipt(String eventId) {
        return "receipts/%s.tlog-proof".formatted(eventId);
    }

    static boolean isReceipt(String path) {
        return RECEIPT.matcher(path).matches();
    }

    /** Whether a pack has a place for such a member, beside its manifest. */
    static boolean isKnown(String path) {
        return ALONE.contains(path) || isReceipt(path) || isTile(path);
    }

    private static boolean isTile(String path) {
        try {
            TilePath.parse(path);
            return true;
        } catch (MalformedInput another) {
            return false;
        }
    }

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
