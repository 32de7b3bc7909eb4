package io.promptaudit.ledger.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.encoding.Sha256;
import io.promptaudit.ledger.tile.TileSource;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.verification.Findings;

/** The members of a pack, each compared with the manifest once: when it is first read, or at the end. */
final class CheckedMembers implements TileSource {
    private static final String CHECK = "manifest";

    private final PackFiles files;
    private final Findings findings;
    private final Set<String> compared = new HashSet<>();
    private Map<String, Hash> manifest = Map.of();
    private boolean listed;

    CheckedMembers(PackFiles files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** Reads the manifest, and compares which members there are with which there should be. */
    void list() {
        findings.run(CHECK, () -> {
            byte[] bytes = files.read(PackWriter.MANIFEST, Manifest.MAX_LENGTH);
            if (bytes == null) {
                throw new MissingEvidence("there is no " + PackWriter.MANIFEST);
            }
            manifest = Manifest.parse(bytes);
            listed = true;
        });
        if (listed) {
            var missing = new TreeSet<>(manifest.keySet());
            missing.removeAll(files.paths());
            missing.forEach(path -> findings.contradict(CHECK, "there is no %s, which the manifest names".formatted(path)));
        }
        for (String path : files.paths()) {
            if (!path.equals(PackWriter.MANIFEST) && (!MemberPath.isKnown(path) || (listed && !manifest.containsKey(path)))) {
                findings.contradict(CHECK, "there is a member %s that should not be there".formatted(path));
            }
        }
    }

    /** How many members there are beside the manifest. */
    int count() {
        return files.paths().size() - (files.paths().contains(PackWriter.MANIFEST) ? 1 : 0);
    }

    Set<String> paths() {
        return files.paths();
    }

    boolean has(String path) {
        return files.paths().contains(path);
    }

    @Override
    public byte @Nullable [] read(String path, int limit) {
        byte[] bytes = files.read(path, limit);
        if (bytes != null && !compared.contains(path)) {
            compare(path, Sha256.digest().digest(bytes));
        }
        return bytes;
    }

    /** Opens a member that there is; it is compared when {@link #close(String, DigestInputStream)} has read the rest. */
    DigestInputStream open(String path) {
        return new DigestInputStream(files.open(path), Sha256.digest());
    }

    /** Reads what is left of a member, and compares it. */
    void close(String path, DigestInputStream in) {
        findings.run(CHECK, () -> {
            try (InputStream rest = in) {
                rest.transferTo(OutputStream.nullOutputStream());
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read " + path, unreadable);
            }
            MessageDigest sha256 = in.getMessageDigest();
            compare(path, sha256.digest());
        });
    }

    /** Compares whatever nobody has read. */
    void rest() {
        for (String path : files.paths()) {
            if (manifest.containsKey(path) && !compared.contains(path)) {
                close(path, open(path));
            }
        }
    }

    private void compare(String path, byte[] sha256) {
        compared.add(path);
        Hash expected = manifest.get(path);
        findings.run(CHECK, () -> {
            if (expected != null && !expected.equals(Hash.of(sha256))) {
                throw new VerificationFailed("%s is not what the manifest says".formatted(path));
            }
        });
    }
}
