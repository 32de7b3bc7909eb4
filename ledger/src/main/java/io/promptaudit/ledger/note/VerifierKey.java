package io.promptaudit.ledger.note;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Base64Text;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.encoding.Utf8;

/**
 * A public key with the name it signs under: a vkey (C2SP signed-note, section Verifier keys). Its id follows from it.
 *
 * @param name of who signs
 * @param type what is signed and how
 * @param publicKey its bytes, as the type's algorithm defines them
 */
public record VerifierKey(String name, SignatureType type, Bytes publicKey) {
    private static final int MAX_LENGTH = 4096;

    /** Checks name and length. */
    public VerifierKey {
        KeyName.require(name, "verifier key");
        if (publicKey.length() != type.algorithm().publicKeyLength()) {
            throw new MalformedInput("verifier key " + name, "has %d bytes instead of the %d of its type"
                    .formatted(publicKey.length(), type.algorithm().publicKeyLength()));
        }
    }

    /**
     * Reads {@code name+id+key}.
     *
     * @throws MalformedInput unless all of it is in its one form, the type is known and the id is the one that follows from
     *         the rest
     */
    public static VerifierKey parse(String vkey) {
        String where = "verifier key";
        // Neither the name nor the id has a +, the base64 at the end may.
        String[] parts = vkey.split("\\+", 3);
        if (vkey.length() > MAX_LENGTH || parts.length != 3) {
            throw new MalformedInput(where, "is not a name, an id and a key with + between");
        }
        byte[] key = Base64Text.decode(parts[2], where);
        if (key.length == 0) {
            throw new MalformedInput(where, "has no signature type");
        }
        var parsed = new VerifierKey(parts[0], SignatureType.of(key[0]), Bytes.of(key, 1, key.length));
        if (!hexId(parsed.id()).equals(parts[1])) {
            throw new MalformedInput(where, "has the id %s, but %s follows from it".formatted(parts[1], hexId(parsed.id())));
        }
        return parsed;
    }

    /** The first four bytes of SHA-256 over name, line feed, type and public key. */
    public int id() {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(Utf8.encode(name));
        sha256.update((byte) '\n');
        sha256.update(typed());
        return ByteBuffer.wrap(sha256.digest()).getInt();
    }

    private byte[] typed() {
        return ByteBuffer.allocate(1 + publicKey.length()).put(type.identifier()).put(publicKey.toArray()).array();
    }

    static String hexId(int id) {
        return HexFormat.of().toHexDigits(id);
    }

    /** Whether a signature says that it is this key's. */
    public boolean claims(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    /** Name and id, as they stand before a signature. */
    public String label() {
        return name + "+" + hexId(id());
    }

    /** The vkey. */
    @Override
    public String toString() {
        return label() + "+" + Base64Text.encode(typed());
    }
}
