package io.promptaudit.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tile.LedgerFolder;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileStore;
import io.promptaudit.ledger.tile.TileWriter;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.tree.TreeHasher;

/** A copy of a small ledger, with the policy of somebody who believes it and what they kept. */
final class LedgerCopy {
    private static final String ORIGIN = "log.example/ledger";

    final Path folder;
    final Path policy;
    final Path receipts;
    private final Ed25519Signer log = Ed25519Signer.generate(ORIGIN, new SecureRandom());
    private final LedgerFolder files;
    private final int size;

    LedgerCopy(Path root, int size) throws IOException {
        this.size = size;
        folder = root.resolve("ledger");
        policy = root.resolve("policy");
        receipts = root.resolve("receipts");
        files = new LedgerFolder(folder);
        Files.createDirectories(receipts);
        Files.writeString(policy, "log " + log.key() + "\nquorum none\n");
        var writer = new TileWriter(new Unsynced());
        for (int i = 0; i < size; i++) {
            writer.append(new EventLeaf("event-" + i, i + 1L, Instant.EPOCH, TreeHasher.EMPTY_ROOT).encode());
        }
        writer.flush();
        files.publish(checkpoint(size));
    }

    String label() {
        return log.key().label();
    }

    private Prover prover() {
        return new Prover(new TiledTree(new TileReader(files), size));
    }

    SignedNote checkpoint(int at) {
        return new SignedNote(new Checkpoint(ORIGIN, at, prover().root(at)).text(), List.of()).signedBy(log);
    }

    void receipt(int index, int at) throws IOException {
        var receipt = new Receipt(null, index, prover().inclusion(index, at).path(), checkpoint(at));
        Files.write(receipts.resolve("event-" + index + ".tlog-proof"), receipt.encode());
    }

    void change(String path, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(path));
        bytes[at] ^= 1;
        Files.write(folder.resolve(path), bytes);
    }

    /** A test's files need not survive a loss of power. */
    private final class Unsynced implements TileStore {
        @Override
        public byte @Nullable [] read(String path, int limit) {
            return files.read(path, limit);
        }

        @Override
        public void create(TilePath path, byte[] bytes) {
            try {
                Path file = folder.resolve(path.toString());
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void dropPartials(TilePath full) {
            // There are none before the end.
        }
    }
}
