package io.promptaudit.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.checkpoint.Cosigner;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tree.Hash;

/** A log of its own for each test, with a witness that cosigns whatever it is shown. */
public final class TestLog {
    /** The log's origin. */
    public static final String ORIGIN = "log.example/ledger";
    /** When the witness cosigns. */
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Ed25519Signer log;
    private final Cosigner witness = cosigner("witness.example/w", SignatureType.ED25519_COSIGNATURE);

    /** A log with the usual origin. */
    public TestLog() {
        this(ORIGIN);
    }

    /** A log with another origin. */
    public TestLog(String origin) {
        log = Ed25519Signer.generate(origin, new SecureRandom());
    }

    /** A cosigner with a new key. */
    public static Cosigner cosigner(String name, SignatureType type) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(type.algorithm().jcaName()).generateKeyPair();
            var key = new VerifierKey(name, type, type.algorithm().raw(pair.getPublic()));
            return new Cosigner(key, pair.getPrivate(), InstantSource.fixed(NOW));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Signs for the log. */
    public NoteSigner signer() {
        return log;
    }

    /** Cosigns. */
    public NoteSigner witness() {
        return witness;
    }

    /** A checkpoint that the log signed. */
    public SignedNote signed(long size, Hash root) {
        return new SignedNote(new Checkpoint(log.key().name(), size, root).text(), List.of()).signedBy(log);
    }

    /** A checkpoint that the log signed and the witness cosigned. */
    public SignedNote cosigned(long size, Hash root) {
        return signed(size, root).signedBy(witness);
    }

    /** Believes the log alone. */
    public TrustPolicy policy() {
        return TrustPolicy.parse(Utf8.encode("log " + log.key() + "\nquorum none\n"));
    }

    /** Believes the log with the witness. */
    public TrustPolicy policyWithWitness() {
        return TrustPolicy.parse(Utf8.encode("log %s\nwitness w %s\nquorum w\n".formatted(log.key(), witness.key())));
    }
}
