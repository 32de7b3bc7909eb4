package io.promptaudit.ledger.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Bytes;

/** The algorithms that sign checkpoints, all of them the JDK's own. */
public enum SignatureAlgorithm {
    /** RFC 8032. */
    ED25519("Ed25519", 32, 64, "302a300506032b6570032100"),
    /** FIPS 204, with an empty context. */
    ML_DSA_44("ML-DSA-44", 1312, 2420, "30820532300b06096086480165030403110382052100");

    private final String jcaName;
    private final int publicKeyLength;
    private final int signatureLength;
    private final String encodingPrefix;

    SignatureAlgorithm(String jcaName, int publicKeyLength, int signatureLength, String encodingPrefix) {
        this.jcaName = jcaName;
        this.publicKeyLength = publicKeyLength;
        this.signatureLength = signatureLength;
        this.encodingPrefix = encodingPrefix;
    }

    /** The name by which the JDK's providers know it. */
    public String jcaName() {
        return jcaName;
    }

    /** Bytes in a public key. */
    public int publicKeyLength() {
        return publicKeyLength;
    }

    /** Bytes in a signature. */
    public int signatureLength() {
        return signatureLength;
    }

    /** The bytes of a public key as its algorithm defines them, without the frame (RFC 5280) that the JDK puts around. */
    public Bytes raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int frame = encoded.length - publicKeyLength;
        if (frame < 0 || !HexFormat.of().formatHex(encoded, 0, frame).equals(encodingPrefix)) {
            throw new IllegalArgumentException("is not a public key of " + jcaName);
        }
        return Bytes.of(encoded, frame, encoded.length);
    }

    /**
     * The key with these bytes.
     *
     * @throws MalformedInput if there is none
     */
    public PublicKey publicKey(Bytes raw) {
        if (raw.length() != publicKeyLength) {
            throw new MalformedInput("public key",
                    "has %d bytes instead of the %d of %s".formatted(raw.length(), publicKeyLength, jcaName));
        }
        byte[] encoded = HexFormat.of().parseHex(encodingPrefix + raw);
        try {
            return KeyFactory.getInstance(jcaName).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException invalid) {
            throw new MalformedInput("public key", "is none of " + jcaName);
        }
    }

    /**
     * Signs a message.
     *
     * @throws IllegalStateException if the key cannot
     */
    public byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(jcaName);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("cannot sign with " + jcaName, unusable);
        }
    }

    /** Whether the owner of the key signed the message. */
    public boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(jcaName);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("cannot verify with " + jcaName, unusable);
        }
    }
}
