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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.NoteSigner;
import io.promptaudit.ledger.note.SignatureType;
import io.promptaudit.ledger.note.VerifierKey;
import io.promptaudit.server.database.PrivateFiles;
import io.promptaudit.server.keys.MasterKey;

/**
 * Keys in files {@code ledger-<epoch>.<generation>.key} that only the server's user may read: a line with the Ed25519 key as other
 * tools for transparency logs write it, a line with the ML-DSA-44 verifier key, and a third with its private key (PKCS#8, base64).
 */
final class KeyFiles implements SigningKeys {
    private static final SignatureType SECOND = SignatureType.ML_DSA_44_COSIGNATURE;

    private final Path folder;
    private final InstantSource clock;

    KeyFiles(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public Optional<String> base() {
        return newest().map(Origin::base);
    }

    @Override
    public int newestEpoch() {
        return newest().map(Origin::epoch).orElse(0);
    }

    private Optional<Origin> newest() {
        return files().stream().map(file -> Origin.parse(read(file).getFirst().key().name())).filter(Objects::nonNull)
                .max(Comparator.comparingInt(Origin::epoch));
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> String.valueOf(file.getFileName()).matches("ledger-[0-9]+\\.[0-9]+\\.key")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
        }
    }

    private Path file(KeySet set) {
        return folder.resolve("ledger-" + set.label() + ".key");
    }

    @Override
    public List<NoteSigner> signers(KeySet set) {
        Path file = file(set);
        if (!Files.exists(file)) {
            throw new KeysMissing(
                    "the key file " + file.getFileName() + " is lost: put it back from where you keep it, or from a backup");
        }
        List<NoteSigner> signers = read(file);
        if (!signers.getFirst().key().name().equals(set.origin().toString())) {
            throw new KeysMissing("the key file " + file.getFileName() + " is another ledger's");
        }
        return signers;
    }

    private List<NoteSigner> read(Path file) {
        try {
            MasterKey.requirePrivate(file);
            List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            if (lines.size() != 3) {
                throw new MasterKey.UnsafeKeyFile("the key file " + file + " does not have three lines");
            }
            return List.of(PrecomputedSigner.of(Ed25519Signer.parse(lines.get(0))),
                    LatticeSigner.of(VerifierKey.parse(lines.get(1)), privateKey(file, lines.get(2)), clock));
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be read", e);
        }
    }

    private static PrivateKey privateKey(Path file, String base64) {
        try {
            return KeyFactory.getInstance(SECOND.algorithm().jcaName())
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new MasterKey.UnsafeKeyFile("the key file " + file + " has no ML-DSA-44 key in its third line");
        }
    }

    @Override
    public void make(KeySet set) {
        if (Files.exists(file(set))) {
            return;
        }
        String origin = set.origin().toString();
        try {
            PrivateFiles.createFolder(folder);
            var first = Ed25519Signer.generate(origin, new SecureRandom());
            var pair = KeyPairGenerator.getInstance(SECOND.algorithm().jcaName()).generateKeyPair();
            var second = new VerifierKey(origin, SECOND, SECOND.algorithm().raw(pair.getPublic()));
            String text = String.join("\n", first.encode(), second.toString(),
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())) + "\n";
            PrivateFiles.write(file(set), out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file(set) + " cannot be made", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 25 has ML-DSA-44", e);
        }
    }

    @Override
    public void setAside() {
        try {
            for (Path file : files()) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".unused-" + clock.millis()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a key file cannot be renamed", e);
        }
    }
}
