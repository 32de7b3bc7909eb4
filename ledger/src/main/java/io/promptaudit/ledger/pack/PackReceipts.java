package io.promptaudit.ledger.pack;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.InclusionProof;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.ledger.verification.Findings;
import io.promptaudit.ledger.verification.LedgerVerification;

/** The receipts in a pack: each proves its event's entry under the pack's own checkpoint. */
final class PackReceipts {
    private static final String CHECK = "receipt";
    private static final int MAX_LENGTH = 4_000_000;
    /** What a pack of the whole trail has receipts of. */
    private static final Set<String> RELEASES = Set.of("io.promptaudit.api.event.PromptDeployed",
            "io.promptaudit.api.event.PromptRolledBack", "io.promptaudit.api.event.PromptWithdrawn",
            "io.promptaudit.api.event.EmergencyReviewed");

    private final CheckedMembers members;
    private final @Nullable Completeness claim;
    private final LedgerVerification ledger;
    private final Set<String> left;
    private final Findings findings;
    private final TreeHasher hasher = new TreeHasher();
    private byte @Nullable [] note;
    private long count;

    /**
     * @param claim says of which events there must be one, if anything does
     * @param ledger the copy in the pack, of which the checkpoint is read before there are entries
     */
    PackReceipts(CheckedMembers members, @Nullable Completeness claim, LedgerVerification ledger, Findings findings) {
        this.members = members;
        this.claim = claim;
        this.ledger = ledger;
        this.findings = findings;
        left = members.paths().stream().filter(MemberPath::isReceipt).collect(Collectors.toCollection(TreeSet::new));
    }

    /** There is such an event. */
    void meet(EventLine line) {
        left.remove(MemberPath.receipt(line.event().eventId()));
    }

    /** All events have been met. */
    void finish() {
        left.forEach(path -> findings.contradict(CHECK, path + " is of no event in the pack"));
    }

    /** Verifies the receipt of an event, where there is one or must be. */
    void verify(EventLine line, byte[] entry) {
        String path = MemberPath.receipt(line.event().eventId());
        if (members.has(path)) {
            count++;
            findings.run(CHECK, () -> {
                try {
                    verify(path, line.position() - 1, entry);
                } catch (MalformedInput | VerificationFailed wrong) {
                    throw new VerificationFailed("%s: %s".formatted(path, wrong.getMessage()));
                }
            });
        } else if (isWanted(line)) {
            findings.lack(CHECK, "there is no %s, of the event at position %d".formatted(path, line.position()));
        }
    }

    private void verify(String path, long index, byte[] entry) {
        byte[] bytes = members.read(path, MAX_LENGTH);
        if (bytes == null) {
            throw new MissingEvidence("there is no " + path);
        }
        Receipt receipt = Receipt.parse(bytes);
        Checkpoint checkpoint = ledger.claim();
        if (checkpoint == null || !Arrays.equals(receipt.checkpoint().encode(), note())) {
            throw new VerificationFailed("is over another checkpoint than the pack's");
        }
        if (receipt.index() != index) {
            throw new VerificationFailed("is of another entry than its event's");
        }
        byte[] leaf = new byte[Hash.LENGTH];
        hasher.leaf(entry, 0, entry.length, leaf, 0);
        new InclusionProof(index, checkpoint.size(), receipt.path()).verify(Hash.of(leaf), checkpoint.root());
    }

    private byte @Nullable [] note() {
        if (note == null) {
            note = members.read(TileReader.CHECKPOINT, MAX_LENGTH);
        }
        return note;
    }

    private boolean isWanted(EventLine line) {
        if (claim == null) {
            return false;
        }
        return claim.prompt() == null
                ? RELEASES.contains(line.event().payloadType()) && claim.covers(line.recordedAt())
                : line.event().aggregateId().equals("prompt:" + claim.prompt());
    }

    /** How many were verified. */
    long count() {
        return count;
    }
}
