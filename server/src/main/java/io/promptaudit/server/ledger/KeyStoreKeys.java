package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.server.keys.MasterKey;

/**
 * Keys in a PKCS#12 file that the operator keeps, under the aliases {@code ledger-<epoch>.<generation>-ed25519} and, where wanted,
 * {@code …-ml-dsa-44}. The file is read anew each time, so that keys can be added while the server runs.
 */
final class KeyStoreKeys implements SigningKeys {
    private static final SignatureType SECOND = SignatureType.ML_DSA_44_COSIGNATURE;

    private final Path file;
    private final char[] password;
    private final String base;
    private final InstantSource clock;

    /**
     * Reads keys from this file.
     *
     * @param base what the ledger's origins begin with
     */
    KeyStoreKeys(Path file, String password, String base, InstantSource clock) {
        this.file = file;
        this.password = password.toCharArray();
        this.base = base;
        this.clock = clock;
    }

    @Override
    public Optional<String> base() {
        return Optional.of(base);
    }

    @Override
    public int newestEpoch() {
        return 0;
    }

    @Override
    public List<NoteSigner> signers(KeySet set) {
        KeyPair first = pair("ledger-" + set.label() + "-ed25519");
        if (first == null) {
            throw missing(set);
        }
        String origin = set.origin().toString();
        var signers = new ArrayList<NoteSigner>();
        signers.add(PrecomputedSigner.of(new Ed25519Signer(origin, first)));
        KeyPair second = pair("ledger-" + set.label() + "-ml-dsa-44");
        if (second != null) {
            signers.add(LatticeSigner.of(new VerifierKey(origin, SECOND, SECOND.algorithm().raw(second.getPublic())),
                    second.getPrivate(), clock));
        }
        return signers;
    }

    @Override
    public void make(KeySet set) {
        if (pair("ledger-" + set.label() + "-ed25519") == null) {
            throw missing(set);
        }
    }

    private KeysMissing missing(KeySet set) {
        return new KeysMissing("the key store %s has no key under the alias ledger-%s-ed25519: make one there"
                .formatted(file.getFileName(), set.label()));
    }

    private @Nullable KeyPair pair(String alias) {
        try {
            MasterKey.requirePrivate(file);
            KeyStore store = KeyStore.getInstance(file.toFile(), password);
            for (String one : Collections.list(store.aliases())) {
                if (one.equalsIgnoreCase(alias) && store.getKey(one, password) instanceof PrivateKey key) {
                    PublicKey publicKey = store.getCertificate(one).getPublicKey();
                    return new KeyPair(publicKey, key);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("the key store " + file + " cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new KeysMissing("the key store " + file.getFileName() + " does not give its keys: " + e.getMessage());
        }
    }

    /** Who gave keys and name, gave both for this ledger. */
    @Override
    public void setAside() {}
}
