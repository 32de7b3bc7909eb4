package io.promptaudit.server.witness;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.api.InvalidValue;
import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.server.PromptAuditProperties;

/**
 * The witnesses that are configured, perhaps none.
 *
 * @param quorum how many of them must cosign the same checkpoint; 0 where there are none
 */
record WitnessGroup(List<Witness> members, int quorum) {
    private static final String SETTING = "promptaudit.ledger.witnesses[%d].%s";
    private static final String GROUP = "witnesses";
    static final String NO_QUORUM = "none";

    /** Copies the list. */
    WitnessGroup {
        members = List.copyOf(members);
    }

    /**
     * Reads the settings.
     *
     * @throws InvalidValue when one of them is no witness, or there are fewer than the quorum
     */
    static WitnessGroup of(PromptAuditProperties.Ledger settings) {
        var members = new ArrayList<Witness>();
        // A policy's words cannot be names in it.
        Set<String> names = new HashSet<>(Set.of(GROUP, NO_QUORUM));
        for (int i = 0; i < settings.witnesses().size(); i++) {
            PromptAuditProperties.Witness setting = settings.witnesses().get(i);
            VerifierKey key = key(setting.key(), SETTING.formatted(i, "key"));
            require(names.add(key.name()), SETTING.formatted(i, "key"), "must have a name that no other has");
            members.add(Witness.of(key, address(setting.url(), SETTING.formatted(i, "url"))));
        }
        return new WitnessGroup(members, quorum(settings.witnessQuorum(), members.size()));
    }

    private static VerifierKey key(String text, String field) {
        try {
            VerifierKey key = VerifierKey.parse(text);
            require(key.type() != SignatureType.ED25519, field, "must be a key for cosignatures, of the type 0x04 or 0x06");
            return key;
        } catch (MalformedInput malformed) {
            throw new InvalidValue(field, "must be a verifier key: " + malformed.getMessage());
        }
    }

    private static URI address(URI url, String field) {
        boolean isHttp = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
        require(isHttp && url.getHost() != null && url.getQuery() == null && url.getFragment() == null, field,
                "must be an http or https address without query and fragment");
        return url;
    }

    /** More than half unless set otherwise: two such groups share a witness, who does not cosign two histories. */
    private static int quorum(@Nullable Integer setting, int members) {
        if (setting == null) {
            return members == 0 ? 0 : members / 2 + 1;
        }
        require(1 <= setting && setting <= members, "promptaudit.ledger.witness-quorum",
                "must be from 1 to the number of witnesses, which is " + members);
        return setting;
    }

    private static void require(boolean isMet, String field, String rule) {
        if (!isMet) {
            throw new InvalidValue(field, rule);
        }
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** The lines of a trust policy (C2SP tlog-policy). Without addresses, which nobody needs to verify. */
    String policy() {
        if (isEmpty()) {
            return "quorum " + NO_QUORUM + "\n";
        }
        var lines = new StringBuilder();
        members.forEach(witness -> lines.append("witness ").append(witness.name()).append(' ')
                .append(witness.verifier().key()).append('\n'));
        return lines.append("group ").append(GROUP).append(' ').append(quorum).append(' ').append(names(" ")).append('\n')
                .append("quorum ").append(GROUP).append('\n').toString();
    }

    private String names(String between) {
        return members.stream().map(Witness::name).collect(Collectors.joining(between));
    }

    /** In words. */
    @Override
    public String toString() {
        return isEmpty() ? NO_QUORUM : "%d of %s".formatted(quorum, names(", "));
    }
}
