package io.promptaudit.ledger.note;

import java.security.PublicKey;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Utf8;

/** Verifies the signatures of one key. */
public interface NoteVerifier {
    /** Whose. */
    VerifierKey key();

    /**
     * Whether the key signed.
     *
     * @param text of the note, with its final line feed
     * @param signature as it stands behind the key's id
     */
    boolean verify(String text, Bytes signature);

    /** Verifies Ed25519 signatures of a note's text (type 0x01). */
    static NoteVerifier ofText(VerifierKey key) {
        if (key.type() != SignatureType.ED25519) {
            throw new IllegalArgumentException(key.type() + " does not sign the text of a note");
        }
        PublicKey publicKey = key.type().algorithm().publicKey(key.publicKey());
        return new NoteVerifier() {
            @Override
            public VerifierKey key() {
                return key;
            }

            @Override
            public boolean verify(String text, Bytes signature) {
                return SignatureAlgorithm.ED25519.verify(publicKey, Utf8.encode(text), signature.toArray());
            }
        };
    }
}
