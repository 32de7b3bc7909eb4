package io.promptaudit.server.evidence;

import java.util.Map;
import java.util.TreeMap;

import io.promptaudit.api.query.EvidenceScope;
import io.promptaudit.ledger.encoding.CanonicalText;
import io.promptaudit.ledger.encoding.Decimal;

/** The claim that nothing of a question was left out: canonical JSON (RFC 8785) of strings, for the verifier to check. */
final class Completeness {
    private Completeness() {}

    /** @param events how many there are in the pack */
    static byte[] of(Contents contents, long events) {
        EvidenceScope scope = contents.scope();
        var members = new TreeMap<>(Map.of("events", Decimal.format(events), "scope", scope.prompt() == null ? "trail" : "prompt",
                "size", Decimal.format(contents.size()), "v", "1"));
        if (scope.prompt() != null) {
            members.put("prompt", scope.prompt());
        }
        if (scope.from() != null) {
            members.put("from", scope.from().toString());
        }
        if (scope.to() != null) {
            members.put("to", scope.to().toString());
        }
        return CanonicalText.encode(members);
    }
}
