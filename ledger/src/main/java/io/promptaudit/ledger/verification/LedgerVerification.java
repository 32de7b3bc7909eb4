package io.promptaudit.ledger.verification;

import java.io.UncheckedIOException;
import java.util.OptionalLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Decimal;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.policy.TrustedCheckpoint;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileSource;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.Prover;

/**
 * Verifies one ledger: its newest checkpoint and all that the checkpoint is over, first, and then older evidence that others
 * kept. For one thread at a time.
 */
public final class LedgerVerification {
    private final TrustPolicy policy;
    private final TileReader files;
    private final Epochs epochs = new Epochs();
    private final Findings findings;
    private @Nullable Checkpoint claim;
    private @Nullable TrustedCheckpoint trusted;
    private long entries;

    /**
     * Of the ledger with these files.
     *
     * @param policy whom to believe
     */
    public LedgerVerification(TileSource source, TrustPolicy policy) {
        this(source, policy, new Findings());
    }

    /**
     * The same as a part of something larger.
     *
     * @param findings takes what is found
     */
    public LedgerVerification(TileSource source, TrustPolicy policy, Findings findings) {
        this.policy = policy;
        this.findings = findings;
        files = new TileReader(source);
    }

    /**
     * Verifies the checkpoint's signatures, and every entry and tile against it.
     *
     * @param entryCheck looks at each entry besides
     */
    public void verify(EntryCheck entryCheck, Progress progress) {
        findings.run("checkpoint", () -> {
            SignedNote note = files.checkpoint();
            claim = bounded(Checkpoint.parse(note.text()));
            trusted = policy.verify(note);
        });
        if (claim != null) {
            entries = new TreeVerification(files, claim, entryCheck, progress, findings).run();
        }
    }

    private static Checkpoint bounded(Checkpoint checkpoint) {
        if (checkpoint.size() < 0) {
            throw new VerificationFailed("the checkpoint is over %s entries, and no ledger has 2^63"
                    .formatted(Decimal.format(checkpoint.size())));
        }
        return checkpoint;
    }

    /**
     * Verifies that the ledger begins with an older one.
     *
     * @param older a signed checkpoint, as it was kept
     */
    public void verifySince(byte[] older) {
        findings.run("since", () -> {
            Checkpoint checkpoint = policy.verify(SignedNote.parse(older)).checkpoint();
            continues(checkpoint);
        });
    }

    /**
     * Verifies that what a receipt proves is in the ledger.
     *
     * @param name of the receipt, to say which it was
     * @param receipt gives a {@code .tlog-proof}, as it was kept
     */
    public void verifyReceipt(String name, Supplier<byte[]> receipt) {
        findings.run("receipt", () -> {
            try {
                Receipt kept = Receipt.parse(receipt.get());
                Checkpoint proven = policy.verify(kept.checkpoint()).checkpoint();
                verify(kept, proven);
            } catch (MissingEvidence | UncheckedIOException missing) {
                throw new MissingEvidence(name + ": " + missing.getMessage());
            } catch (MalformedInput | VerificationFailed wrong) {
                throw new VerificationFailed(name + ": " + wrong.getMessage());
            }
        });
    }

    private void verify(Receipt receipt, Checkpoint proven) {
        Checkpoint newest = comparable(proven);
        if (Long.compareUnsigned(receipt.index(), newest.size()) >= 0) {
            throw new MissingEvidence("proves entry %s, and this ledger ends before".formatted(Decimal.format(receipt.index())));
        }
        inItsEpoch(proven, receipt.index() + 1,
                () -> receipt.verify(new TiledTree(files, newest.size()).root(0, receipt.index()), policy));
        continues(proven);
    }

    private void continues(Checkpoint older) {
        Checkpoint newest = comparable(older);
        if (Long.compareUnsigned(older.size(), newest.size()) > 0) {
            throw new MissingEvidence("there was a ledger of %s entries, and this one has %s: it is an older copy, or was cut"
                    .formatted(Decimal.format(older.size()), Decimal.format(newest.size())));
        }
        var root = new Prover(new TiledTree(files, newest.size())).root(older.size());
        inItsEpoch(older, older.size(), () -> {
            if (!root.equals(older.root())) {
                throw new VerificationFailed("at %d entries the root was %s, and now it is %s: what was recorded has been changed"
                        .formatted(older.size(), older.root(), root));
            }
        });
    }

    private Checkpoint comparable(Checkpoint older) {
        if (claim == null) {
            throw new MissingEvidence("there is no newer checkpoint to compare with");
        }
        if (!older.origin().equals(claim.origin()) && !Epochs.isEarlier(older.origin(), claim.origin())) {
            throw new MissingEvidence("is of the ledger %s, and not of %s".formatted(older.origin(), claim.origin()));
        }
        return claim;
    }

    /**
     * What was signed in an earlier epoch may have been lost since, by a decision that is in the ledger: then it is missing. What that
     * decision kept contradicts.
     *
     * @param entries of how many the check is
     */
    private void inItsEpoch(Checkpoint older, long entries, Runnable check) {
        try {
            check.run();
        } catch (VerificationFailed different) {
            if (claim == null || !Epochs.isEarlier(older.origin(), claim.origin())) {
                throw different;
            }
            OptionalLong shared = epochs.shared(older.origin(), claim.origin());
            if (shared.isEmpty()) {
                throw new MissingEvidence("was signed in %s, and is not what the ledger has since: a pack of the whole trail has "
                        .formatted(older.origin()) + "the event that says what was kept (" + different.getMessage() + ")");
            }
            if (entries <= shared.getAsLong()) {
                throw different;
            }
            throw new MissingEvidence("was signed in %s, of which the first %d entries were kept, and is not among them (%s)"
                    .formatted(older.origin(), shared.getAsLong(), different.getMessage()));
        }
    }

    /**
     * Takes note that an event opened an epoch; before older evidence is verified.
     *
     * @param entries how many there were before it
     */
    public void opened(String origin, long entries) {
        epochs.opened(origin, entries);
    }

    /** Whether the ledger is in an epoch that somebody must have opened, and no event was told of that. */
    public boolean isUnopened() {
        return claim != null && epochs.isUnopened(claim.origin());
    }

    /** What was found so far. */
    public Findings findings() {
        return findings;
    }

    /** What the ledger claims, if it has a checkpoint. */
    public @Nullable Checkpoint claim() {
        return claim;
    }

    /** The same if the policy believes it. */
    public @Nullable TrustedCheckpoint trusted() {
        return trusted;
    }

    /** How many entries were verified. */
    public long entries() {
        return entries;
    }
}
