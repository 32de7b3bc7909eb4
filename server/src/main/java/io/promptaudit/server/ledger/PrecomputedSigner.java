package io.promptaudit.server.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.VerifierKey;

/**
 * The same signatures as {@link Ed25519Signer} makes, in a tenth of the time: Bouncy Castle multiplies with tables made beforehand,
 * which the JDK does not, and every write waits for a signature.
 */
final class PrecomputedSigner implements NoteSigner {
    private final VerifierKey key;
    private final Ed25519PrivateKeyParameters secret;

    private PrecomputedSigner(VerifierKey key, Ed25519PrivateKeyParameters secret) {
        this.key = key;
        this.secret = secret;
    }

    /** Signs as that one does, or is that one where its key does not leave its store. */
    static NoteSigner of(Ed25519Signer signer) {
        String encoded;
        try {
            encoded = signer.encode();
        } catch (IllegalStateException keptElsewhere) {
            return signer;
        }
        byte[] typed = Base64.getDecoder().decode(encoded.split("\\+", 5)[4]);
        var signs = new PrecomputedSigner(signer.key(),
                new Ed25519PrivateKeyParameters(Arrays.copyOfRange(typed, 1, typed.length)));
        if (!signs.sign("\n").equals(signer.sign("\n"))) {
            throw new IllegalStateException("two libraries sign differently with " + signer.key().name());
        }
        return signs;
    }

    @Override
    public VerifierKey key() {
        return key;
    }

    @Override
    public Bytes sign(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        secret.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return Bytes.of(signature);
    }
}
