package io.promptaudit.ledger.checkpoint;

import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;

/** Signs checkpoints with the time (C2SP tlog-cosignature): a witness, or a log with ML-DSA-44. */
public final class Cosigner implements NoteSigner {
    private final VerifierKey key;
    private final UnaryOperator<byte[]> secret;
    private final InstantSource clock;

    /**
     * Signs with this key.
     *
     * @param key a cosignature's
     * @param privateKey the other half
     * @param clock the time that is signed
     */
    public Cosigner(VerifierKey key, PrivateKey privateKey, InstantSource clock) {
        this(key, message -> key.type().algorithm().sign(privateKey, message), clock);
    }

    /**
     * Signs with a key that another library knows.
     *
     * @param key a cosignature's
     * @param secret signs bytes with the other half
     * @param clock the time that is signed
     */
    public Cosigner(VerifierKey key, UnaryOperator<byte[]> secret, InstantSource clock) {
        if (key.type() == SignatureType.ED25519) {
            throw new IllegalArgumentException("a key of the type 0x01 does not sign times");
        }
        this.key = key;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public VerifierKey key() {
        return key;
    }

    /** Signs a checkpoint's text. */
    @Override
    public Bytes sign(String text) {
        long seconds = clock.instant().getEpochSecond();
        byte[] signature = secret.apply(Cosignature.message(key, seconds, text));
        return new Cosignature(seconds, Bytes.of(signature)).encode();
    }
}
