package io.promptaudit.ledger.pack;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.tree.Hash;

/** The list of all other members, with their SHA-256. */
final class Manifest {
    /** Room for some hundred thousand members. */
    static final int MAX_LENGTH = 128 << 20;

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\n]+)\n");

    private Manifest() {}

    /**
     * Reads the list.
     *
     * @throws MalformedInput unless it is one that {@link PackWriter} could have written
     */
    static Map<String, Hash> parse(byte[] bytes) {
        String text = Utf8.decode(bytes, PackWriter.MANIFEST);
        var hashes = new LinkedHashMap<String, Hash>();
        Matcher line = LINE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!line.find(at) || line.start() != at) {
                throw malformed(hashes.size(), "is not a SHA-256, two spaces and a path");
            }
            if (hashes.put(MemberPath.safe(line.group(2)), Hash.of(HexFormat.of().parseHex(line.group(1)))) != null) {
                throw malformed(hashes.size(), "names a member again");
            }
            at = line.end();
        }
        return hashes;
    }

    private static MalformedInput malformed(int before, String rule) {
        return new MalformedInput("%s, line %d".formatted(PackWriter.MANIFEST, before + 1), rule);
    }
}
