package io.promptaudit.ledger.note;

import java.nio.ByteBuffer;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.encoding.Base64Text;
import io.promptaudit.ledger.encoding.Bytes;

/**
 * A signature line of a note.
 *
 * @param name of the key
 * @param keyId of the key
 * @param signature what the key's type says it is
 */
public record NoteSignature(String name, int keyId, Bytes signature) {
    private static final String DASH = "\u2014 ";

    /** Checks the name, and that there is a signature. */
    public NoteSignature {
        KeyName.require(name, "signature");
        if (signature.length() == 0) {
            throw new MalformedInput("signature by " + name, "is empty");
        }
    }

    static NoteSignature parse(String line, String where) {
        String[] parts = line.split(" ", -1);
        if (!line.startsWith(DASH) || parts.length != 3) {
            throw new MalformedInput(where, "is not an em dash, a key name and a signature");
        }
        byte[] bytes = Base64Text.decode(parts[2], where);
        if (bytes.length <= Integer.BYTES) {
            throw new MalformedInput(where, "has no signature behind the key id");
        }
        return new NoteSignature(KeyName.require(parts[1], where), ByteBuffer.wrap(bytes).getInt(),
                Bytes.of(bytes, Integer.BYTES, bytes.length));
    }

    /** The line, without its end. */
    String line() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length()).putInt(keyId).put(signature.toArray()).array();
        return DASH + name + " " + Base64Text.encode(bytes);
    }

    /** Whose it says it is. */
    @Override
    public String toString() {
        return name + "+" + VerifierKey.hexId(keyId);
    }
}
