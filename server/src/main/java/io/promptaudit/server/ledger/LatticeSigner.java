package io.promptaudit.server.ledger;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

import io.promptaudit.ledger.checkpoint.Cosigner;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.VerifierKey;

/**
 * Signatures with ML-DSA-44 (FIPS 204, hedged) as the JDK makes them, in a third of the time where the processor has no instructions
 * that the JDK could use: Bouncy Castle signs, and every write waits for it.
 */
final class LatticeSigner implements UnaryOperator<byte[]> {
    private final CipherParameters secret;

    private LatticeSigner(CipherParameters secret) {
        this.secret = secret;
    }

    /** Signs for this key, by the JDK where the secret does not leave its store. */
    static Cosigner of(VerifierKey key, PrivateKey secret, InstantSource clock) {
        byte[] encoded = secret.getEncoded();
        if (encoded == null) {
            return new Cosigner(key, secret, clock);
        }
        LatticeSigner signer;
        try {
            signer = new LatticeSigner(new ParametersWithRandom(PrivateKeyFactory.createKey(encoded), new SecureRandom()));
        } catch (IOException e) {
            throw new IllegalArgumentException("the private key of " + key.name() + " cannot be read", e);
        }
        byte[] probe = Utf8.encode(key.name());
        var algorithm = key.type().algorithm();
        if (!algorithm.verify(algorithm.publicKey(key.publicKey()), probe, signer.apply(probe))) {
            throw new IllegalStateException("two libraries sign differently with " + key.name());
        }
        return new Cosigner(key, signer, clock);
    }

    @Override
    public byte[] apply(byte[] message) {
        var signer = new MLDSASigner();
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("cannot sign with ML-DSA-44", e);
        }
    }
}
