package io.promptaudit.ledger.checkpoint;

import java.security.PublicKey;
import java.time.Instant;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.NoteSignature;
import io.promptaudit.ledger.note.NoteVerifier;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;

/** Verifies signatures on checkpoints, of every type that keys can have. */
public final class CheckpointVerifier {
    private CheckpointVerifier() {}

    /** The verifier of this key's signatures. */
    public static NoteVerifier of(VerifierKey key) {
        return key.type() == SignatureType.ED25519
                ? NoteVerifier.ofText(key)
                : new OfCosignatures(key,
                        key.type().algorithm().publicKey(key.publicKey()));
    }

    /**
     * The moment that a cosignature is of.
     *
     * @throws MalformedInput unless it is one
     */
    public static Instant time(NoteSignature cosignature) {
        return Cosignature.parse(cosignature.signature()).time();
    }

    private record OfCosignatures(VerifierKey key, PublicKey publicKey) implements NoteVerifier {
        @Override
        public boolean verify(String text, Bytes signature) {
            try {
                Cosignature cosignature = Cosignature.parse(signature);
                return key.type().algorithm().verify(publicKey, Cosignature.message(key, cosignature.seconds(), text),
                        cosignature.signature().toArray());
            } catch (MalformedInput noCosignature) {
                return false;
            }
        }
    }
}
