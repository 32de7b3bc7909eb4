package io.promptaudit.ledger.policy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.checkpoint.CheckpointVerifier;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.NoteVerifier;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.note.VerifierKey;

/** The logs and witnesses that somebody believes, and which witnesses are enough (C2SP tlog-policy). Safe for threads. */
public final class TrustPolicy {
    private final Map<VerifierKey, NoteVerifier> logs;
    private final Map<VerifierKey, NoteVerifier> witnesses;
    private final Quorum quorum;

    TrustPolicy(Set<VerifierKey> logs, Set<VerifierKey> witnesses, Quorum quorum) {
        this.logs = verifiers(logs);
        this.witnesses = verifiers(witnesses);
        this.quorum = quorum;
    }

    private static Map<VerifierKey, NoteVerifier> verifiers(Set<VerifierKey> keys) {
        var verifiers = new LinkedHashMap<VerifierKey, NoteVerifier>();
        keys.forEach(key -> verifiers.put(key, CheckpointVerifier.of(key)));
        return verifiers;
    }

    /**
     * Reads a policy file.
     *
     * @throws io.promptaudit.ledger.MalformedInput unless it is one, with the line at fault
     */
    public static TrustPolicy parse(byte[] file) {
        return new PolicyParser().parse(file);
    }

    /** The keys of the logs that are believed. */
    public Set<VerifierKey> logs() {
        return logs.keySet();
    }

    /** The keys of the witnesses that are known. */
    public Set<VerifierKey> witnesses() {
        return witnesses.keySet();
    }

    /**
     * Judges a signed checkpoint. Every signature of a known key must be good, enough or not.
     *
     * @throws io.promptaudit.ledger.MalformedInput if the note's text is no checkpoint
     * @throws VerificationFailed if a signature is not good, or no log of this policy signed under the checkpoint's origin
     * @throws MissingEvidence if a log signed it, but not enough witnesses did
     */
    public TrustedCheckpoint verify(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        var known = Stream.concat(logs.values().stream(), witnesses.values().stream()).toList();
        Map<VerifierKey, NoteSignature> signed = note.verify(known);
        var logKeys = new LinkedHashSet<VerifierKey>();
        var seen = new LinkedHashMap<VerifierKey, Instant>();
        signed.forEach((key, signature) -> {
            if (logs.containsKey(key) && key.name().equals(checkpoint.origin())) {
                logKeys.add(key);
            }
            if (witnesses.containsKey(key)) {
                seen.put(key, CheckpointVerifier.time(signature));
            }
        });
        if (logKeys.isEmpty()) {
            throw new VerificationFailed("no log of the policy signed the checkpoint of %s; its signatures are by %s"
                    .formatted(checkpoint.origin(), names(note.signatures())));
        }
        if (!quorum.isReachedBy(seen.keySet())) {
            throw new MissingEvidence("the checkpoint of %s lacks witnesses: the policy wants more than %s"
                    .formatted(checkpoint.origin(),
                            seen.isEmpty() ? "none" : seen.keySet().stream().map(VerifierKey::name).toList()));
        }
        return new TrustedCheckpoint(checkpoint, Set.copyOf(logKeys), Map.copyOf(seen));
    }

    private static List<String> names(List<NoteSignature> signatures) {
        return signatures.stream().map(NoteSignature::toString).toList();
    }
}
