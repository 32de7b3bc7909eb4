package io.promptaudit.ledger.verification;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.tile.EntryBundle;
import io.promptaudit.ledger.tile.TileFrontier;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.TreeHasher;

/**
 * Rebuilds a tree from its entries, once from left to right, and compares it with every tile and with the root. Where an entry is
 * not the one in its tile, the tile goes into the tree, so that the root tells which of both is wrong. Holds one tile of each level.
 */
final class TreeVerification {
    private final TileReader files;
    private final Checkpoint claim;
    private final EntryCheck entryCheck;
    private final Progress progress;
    private final Findings findings;
    private final TreeHasher hasher = new TreeHasher();
    private final TileFrontier frontier = new TileFrontier(this::compare);

    TreeVerification(TileReader files, Checkpoint claim, EntryCheck entryCheck, Progress progress, Findings findings) {
        this.files = files;
        this.claim = claim;
        this.entryCheck = entryCheck;
        this.progress = progress;
        this.findings = findings;
    }

    /** Looks at all of it, or stops where neither entries nor hashes are left. Returns how many entries it saw. */
    long run() {
        while (frontier.size() != claim.size()) {
            long index = frontier.size() / TilePath.FULL;
            if (!bundle(index, TilePath.widthIn(claim.size(), 0, index))) {
                return frontier.size();
            }
            progress.at(frontier.size(), claim.size());
        }
        frontier.partials(this::compare);
        findings.run("tree", () -> {
            if (!frontier.root().equals(claim.root())) {
                throw new VerificationFailed("the root over the %d entries is %s, and the checkpoint's is %s"
                        .formatted(claim.size(), frontier.root(), claim.root()));
            }
        });
        return frontier.size();
    }

    private boolean bundle(long index, int width) {
        byte @Nullable [] tile = found("tree", TilePath.hashes(0, index, width), files::hashes);
        EntryBundle bundle = found("entry", TilePath.entries(index, width), files::entries);
        if (tile == null && bundle == null) {
            return false;
        }
        byte[] hashes = tile == null ? new byte[width * Hash.LENGTH] : tile;
        if (bundle != null) {
            entries(index * TilePath.FULL, bundle, hashes, tile == null);
        }
        for (int i = 0; i < width; i++) {
            frontier.append(hashes, i * Hash.LENGTH);
        }
        return true;
    }

    private void entries(long first, EntryBundle bundle, byte[] hashes, boolean fill) {
        byte[] leaf = new byte[Hash.LENGTH];
        for (int i = 0; i < bundle.width(); i++) {
            int at = i * Hash.LENGTH;
            long index = first + i;
            byte[] entry = bundle.entry(i);
            bundle.hash(i, hasher, leaf, 0);
            if (fill) {
                System.arraycopy(leaf, 0, hashes, at, Hash.LENGTH);
            } else if (!Arrays.equals(leaf, 0, Hash.LENGTH, hashes, at, at + Hash.LENGTH)) {
                findings.run("entry", () -> {
                    throw new VerificationFailed(
                            "entry %d%s is not the one that the tree was made of".formatted(index, entryCheck.subject(entry)));
                });
            }
            check(index, entry);
        }
    }

    private void check(long index, byte[] entry) {
        findings.run("entry", () -> {
            try {
                entryCheck.check(index, entry);
            } catch (MalformedInput | VerificationFailed wrong) {
                throw new VerificationFailed("entry %d: %s".formatted(index, wrong.getMessage()));
            }
        });
    }

    /** The lowest level has been compared with the entries. */
    private void compare(TilePath path, byte[] hashes) {
        if (path.level() == 0) {
            return;
        }
        findings.run("tree", () -> {
            if (!Arrays.equals(files.hashes(path), 0, path.width() * Hash.LENGTH, hashes, 0, path.width() * Hash.LENGTH)) {
                throw new VerificationFailed(path + " is not what follows from the level below");
            }
        });
    }

    private <T> @Nullable T found(String check, TilePath path, Function<TilePath, T> reader) {
        var found = new AtomicReference<@Nullable T>();
        findings.run(check, () -> found.set(reader.apply(path)));
        return found.get();
    }
}
