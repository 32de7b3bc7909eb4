package io.promptaudit.ledger.note;

import java.util.Arrays;

import io.promptaudit.ledger.MalformedInput;

/** What a key signs and how: the signature types of C2SP signed-note that this ledger knows. */
public enum SignatureType {
    /** The text of the note. */
    ED25519(0x01, SignatureAlgorithm.ED25519),
    /** A checkpoint at a moment (C2SP tlog-cosignature, Ed25519 signed message). */
    ED25519_COSIGNATURE(0x04, SignatureAlgorithm.ED25519),
    /** A checkpoint at a moment (C2SP tlog-cosignature, ML-DSA-44 signed message). */
    ML_DSA_44_COSIGNATURE(0x06, SignatureAlgorithm.ML_DSA_44);

    private final byte identifier;
    private final SignatureAlgorithm algorithm;

    SignatureType(int identifier, SignatureAlgorithm algorithm) {
        this.identifier = (byte) identifier;
        this.algorithm = algorithm;
    }

    /**
     * The type with this identifier.
     *
     * @throws MalformedInput if this ledger knows none
     */
    static SignatureType of(byte identifier) {
        return Arrays.stream(values()).filter(type -> type.identifier == identifier).findFirst().orElseThrow(
                () -> new MalformedInput("verifier key", "has the unknown signature type 0x%02x".formatted(identifier)));
    }

    /** The byte that stands for it in keys. */
    public byte identifier() {
        return identifier;
    }

    /** What makes its signatures. */
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }
}
