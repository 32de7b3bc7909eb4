package io.promptaudit.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileStore;
import io.promptaudit.ledger.tile.TileWriter;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;
import io.promptaudit.ledger.verification.Verdict;

/** How many entries one core verifies in a second, where the disk costs nothing: the files lie in memory. */
final class VerifierSpeed {
    private static final String ORIGIN = "example.org/benchmark";
    private static final int ENTRIES = 300_000;

    private final Map<String, byte[]> files = new HashMap<>();
    private final TrustPolicy policy;

    /** Makes the ledger. */
    VerifierSpeed() {
        var writer = new TileWriter(new Store());
        var hasher = new TreeHasher();
        for (int i = 0; i < ENTRIES; i++) {
            String id = new UUID(i, i).toString();
            writer.append(new EventLeaf(id, i + 1L, Instant.ofEpochMilli(i), hasher.leaf(id.getBytes(StandardCharsets.US_ASCII)))
                    .encode());
        }
        writer.flush();
        Ed25519Signer signer = Ed25519Signer.generate(ORIGIN, new SecureRandom());
        files.put(TileReader.CHECKPOINT, new SignedNote(new Checkpoint(ORIGIN, writer.size(), writer.root()).text(), List.of())
                .signedBy(signer).encode());
        policy = TrustPolicy.parse(("log " + signer.key() + "\nquorum none\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Verifies all of it with one thread. Returns entries in a second. */
    double run() {
        long begin = System.nanoTime();
        var verification = new LedgerVerification((path, limit) -> files.get(path), policy);
        verification.verify(new LeafCheck(), (done, size) -> {});
        if (verification.findings().verdict() != Verdict.GOOD) {
            throw new IllegalStateException("the ledger does not verify: " + verification.findings().first());
        }
        return verification.entries() / ((System.nanoTime() - begin) / 1e9);
    }

    private final class Store implements TileStore {
        @Override
        public byte @Nullable [] read(String path, int limit) {
            return files.get(path);
        }

        @Override
        public void create(TilePath path, byte[] bytes) {
            files.put(path.toString(), bytes);
        }

        @Override
        public void dropPartials(TilePath full) {
            // A benchmark's ledger is flushed once, at its end.
        }
    }
}
