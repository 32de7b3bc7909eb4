package io.promptaudit.ledger.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;

/** Reads one policy file, line by line. Names are compared octet by octet, so each octet is a character here. */
final class PolicyParser {
    private static final int MAX_LENGTH = 1_000_000;
    private static final int MAX_DEFINITIONS = 256;
    private static final Pattern BLANK = Pattern.compile("[ \t]+");
    private static final Pattern THRESHOLD = Pattern.compile("[1-9][0-9]{0,2}");
    private static final String NONE = "none";

    private final Set<VerifierKey> logs = new LinkedHashSet<>();
    private final Set<VerifierKey> witnesses = new LinkedHashSet<>();
    private final Map<String, Quorum> named = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private @Nullable Quorum quorum;
    private String where = "policy";

    TrustPolicy parse(byte[] file) {
        require(file.length <= MAX_LENGTH, "has more than %d bytes".formatted(MAX_LENGTH));
        String text = new String(file, StandardCharsets.ISO_8859_1);
        require(text.isEmpty() || text.endsWith("\n"), "its last line does not end");
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            where = "policy, line " + number;
            require(line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F)), "has a control character");
            List<String> items = Arrays.stream(BLANK.split(line)).filter(item -> !item.isEmpty()).toList();
            if (!items.isEmpty() && !items.getFirst().startsWith("#")) {
                define(items);
            }
        }
        where = "policy";
        if (quorum == null) {
            throw new MalformedInput(where, "has no quorum line");
        }
        return new TrustPolicy(logs, witnesses, quorum);
    }

    private void define(List<String> items) {
        switch (items.getFirst()) {
            case "log" -> {
                requireItems(items, 2, 3);
                add(logs, key(items.get(1), EnumSet.of(SignatureType.ED25519, SignatureType.ML_DSA_44_COSIGNATURE)));
            }
            case "witness" -> {
                requireItems(items, 3, 4);
                VerifierKey key = key(items.get(2),
                        EnumSet.of(SignatureType.ED25519_COSIGNATURE, SignatureType.ML_DSA_44_COSIGNATURE));
                add(witnesses, key);
                name(items.get(1), new Quorum.Witness(key));
            }
            case "group" -> {
                requireItems(items, 4, 3 + MAX_DEFINITIONS);
                List<Quorum> group = items.subList(3, items.size()).stream().map(this::member).toList();
                name(items.get(1), new Quorum.Group(threshold(items.get(2), group.size()), group));
            }
            case "quorum" -> {
                requireItems(items, 2, 2);
                require(quorum == null, "is a second quorum line");
                quorum = items.get(1).equals(NONE) ? new Quorum.None() : known(items.get(1));
            }
            default -> throw new MalformedInput(where, "is neither a log, a witness, a group nor a quorum");
        }
    }

    private VerifierKey key(String octets, Set<SignatureType> types) {
        VerifierKey key;
        try {
            key = VerifierKey.parse(Utf8.decode(octets.getBytes(StandardCharsets.ISO_8859_1), "key"));
        } catch (MalformedInput malformed) {
            throw new MalformedInput(where, String.valueOf(malformed.getMessage()));
        }
        require(types.contains(key.type()), "a key of the type %s is not for this".formatted(key.type()));
        return key;
    }

    private void add(Set<VerifierKey> keys, VerifierKey key) {
        require(keys.stream().map(VerifierKey::publicKey).noneMatch((Bytes other) -> other.equals(key.publicKey())),
                "has the public key of a line before");
        require(keys.size() < MAX_DEFINITIONS, "is more than the %d that a policy may have".formatted(MAX_DEFINITIONS));
        keys.add(key);
    }

    private void name(String name, Quorum defined) {
        require(!name.equals(NONE), "none cannot be defined");
        require(named.putIfAbsent(name, defined) == null, "defines a name again");
        require(named.size() <= 2 * MAX_DEFINITIONS, "defines more than %d names".formatted(2 * MAX_DEFINITIONS));
    }

    private Quorum member(String name) {
        require(members.add(name), "has a member that is already in a group");
        return known(name);
    }

    private Quorum known(String name) {
        Quorum known = named.get(name);
        if (known == null) {
            throw new MalformedInput(where, "has a name that no line before defines");
        }
        return known;
    }

    private int threshold(String text, int count) {
        if (text.equals("any")) {
            return 1;
        }
        if (text.equals("all")) {
            return count;
        }
        require(THRESHOLD.matcher(text).matches() && Integer.parseInt(text) <= count,
                "its threshold is not any, all or from 1 to %d".formatted(count));
        return Integer.parseInt(text);
    }

    private void requireItems(List<String> items, int atLeast, int atMost) {
        require(items.size() >= atLeast && items.size() <= atMost, "does not have the items of a " + items.getFirst());
    }

    private void require(boolean right, String rule) {
        if (!right) {
            throw new MalformedInput(where, rule);
        }
    }
}
