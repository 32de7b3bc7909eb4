package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

import io.promptaudit.ledger.checkpoint.Cosigner;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.server.database.PrivateFiles;
import io.promptaudit.server.keys.MasterKey;

/**
 * The two keys that sign checkpoints, in a file that only the server's user may read: a line with the Ed25519 key as other tools
 * for transparency logs write it, a line with the ML-DSA-44 verifier key, and its private key (PKCS#8, base64) in the rest.
 *
 * @param signers Ed25519 first, which every tool knows; both have the ledger's origin as their name
 */
record LedgerKeys(String origin, List<NoteSigner> signers) {
    private static final SignatureType SECOND = SignatureType.ML_DSA_44_COSIGNATURE;

    /**
     * Reads {@code ledger.key} in the folder, or makes it.
     *
     * @param isNeeded whether something is signed with it already: then a missing file is a loss, and not replaced
     * @param origin of a new ledger
     * @throws MasterKey.UnsafeKeyFile when the file is lost, others may read it, or it holds no keys
     */
    static LedgerKeys in(Path folder, boolean isNeeded, String origin, InstantSource clock) {
        Path file = folder.resolve("ledger.key");
        try {
            if (!Files.exists(file)) {
                if (isNeeded) {
                    throw new MasterKey.UnsafeKeyFile("the key file " + file + " is lost; put it back from where you keep it, or"
                            + " from a backup: without it no checkpoint can be signed");
                }
                create(folder, file, origin);
            }
            MasterKey.requirePrivate(file);
            return read(Files.readAllLines(file, StandardCharsets.US_ASCII), clock);
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be read or made", e);
        }
    }

    private static LedgerKeys read(List<String> lines, InstantSource clock) {
        if (lines.size() != 3) {
            throw new MasterKey.UnsafeKeyFile("the file with the ledger's keys does not have three lines");
        }
        var first = Ed25519Signer.parse(lines.get(0));
        var second = new Cosigner(VerifierKey.parse(lines.get(1)), privateKey(lines.get(2)), clock);
        return new LedgerKeys(first.key().name(), List.of(first, second));
    }

    private static PrivateKey privateKey(String base64) {
        try {
            return KeyFactory.getInstance(SECOND.algorithm().jcaName())
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MasterKey.UnsafeKeyFile("the file with the ledger's keys has no ML-DSA-44 key in its third line");
        }
    }

    private static void create(Path folder, Path file, String origin) throws IOException {
        PrivateFiles.createFolder(folder);
        try {
            var first = Ed25519Signer.generate(origin, new SecureRandom());
            var pair = KeyPairGenerator.getInstance(SECOND.algorithm().jcaName()).generateKeyPair();
            var second = new VerifierKey(origin, SECOND, SECOND.algorithm().raw(pair.getPublic()));
            String text = String.join("\n", first.encode(), second.toString(),
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())) + "\n";
            PrivateFiles.write(file, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has ML-DSA-44", e);
        }
    }

    /** The verifier keys, for whoever checks the ledger. */
    List<VerifierKey> verifiers() {
        return signers.stream().map(NoteSigner::key).toList();
    }
}
