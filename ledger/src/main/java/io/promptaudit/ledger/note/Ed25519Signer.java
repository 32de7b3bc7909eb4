package io.promptaudit.ledger.note;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Base64Text;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Utf8;

/** Signs the text of notes with Ed25519 (C2SP signed-note, type 0x01). */
public final class Ed25519Signer implements NoteSigner {
    private static final String PREFIX = "PRIVATE+KEY+";
    private static final int SEED_LENGTH = 32;

    private final VerifierKey key;
    private final PrivateKey privateKey;

    /** Signs under this name with a pair of keys that exists. */
    public Ed25519Signer(String name, KeyPair pair) {
        key = new VerifierKey(name, SignatureType.ED25519, SignatureAlgorithm.ED25519.raw(pair.getPublic()));
        privateKey = pair.getPrivate();
    }

    /** Signs under this name with a new pair of keys. */
    public static Ed25519Signer generate(String name, SecureRandom random) {
        return new Ed25519Signer(name, pair(random));
    }

    /**
     * Signs with the key of this text, which other tools for transparency logs write and read too:
     * {@code PRIVATE+KEY+name+id+base64(0x01 || seed)}.
     *
     * @throws MalformedInput unless it has that form, and the id is the one that follows from the rest; says nothing of the key
     */
    public static Ed25519Signer parse(String skey) {
        String where = "signing key";
        String[] parts = skey.startsWith(PREFIX) ? skey.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new MalformedInput(where, "is not PRIVATE+KEY, a name, an id and a key with + between");
        }
        byte[] typed = Base64Text.decode(parts[2], where);
        if (typed.length != 1 + SEED_LENGTH || typed[0] != SignatureType.ED25519.identifier()) {
            throw new MalformedInput(where, "is not one of Ed25519");
        }
        var signer = new Ed25519Signer(parts[0], pair(new Seed(Arrays.copyOfRange(typed, 1, typed.length))));
        if (!VerifierKey.hexId(signer.key.id()).equals(parts[1])) {
            throw new MalformedInput(where, "does not belong to its id");
        }
        return signer;
    }

    private static KeyPair pair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has Ed25519", impossible);
        }
    }

    /**
     * The secret text that {@link #parse} reads.
     *
     * @throws IllegalStateException if the private key does not leave its store
     */
    public String encode() {
        if (!(privateKey instanceof EdECPrivateKey local) || local.getBytes().isEmpty()) {
            throw new IllegalStateException("the private key does not leave its store");
        }
        byte[] typed = new byte[1 + SEED_LENGTH];
        typed[0] = SignatureType.ED25519.identifier();
        System.arraycopy(local.getBytes().get(), 0, typed, 1, SEED_LENGTH);
        return PREFIX + key.name() + "+" + VerifierKey.hexId(key.id()) + "+" + Base64Text.encode(typed);
    }

    @Override
    public VerifierKey key() {
        return key;
    }

    @Override
    public Bytes sign(String text) {
        return Bytes.of(SignatureAlgorithm.ED25519.sign(privateKey, Utf8.encode(text)));
    }

    /** The JDK makes a public key of a private one only by generating both, and then takes the seed from here. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
