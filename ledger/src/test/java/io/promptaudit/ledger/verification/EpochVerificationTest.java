package io.promptaudit.ledger.verification;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.ledger.TestFiles;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileWriter;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.InclusionProof;
import io.promptaudit.ledger.tree.Prover;

import static org.assertj.core.api.Assertions.assertThat;

/** A ledger that was set back from 20 entries to 15 and went on in another epoch; what was kept of the first. */
class EpochVerificationTest {
    private static final Ed25519Signer FIRST = signer("log.example/trail/epoch-1");
    private static final Ed25519Signer SECOND = signer("log.example/trail/epoch-2");
    private static final Ed25519Signer OTHER = signer("log.example/other/epoch-1");
    private static final int KEPT = 15;

    private final TestFiles before = new TestFiles();
    private final TestFiles after = new TestFiles();
    /** How many entries there were before the event that opened the second epoch; 0 where no event is there. */
    private long opened = KEPT;

    private static Ed25519Signer signer(String origin) {
        return Ed25519Signer.generate(origin, new SecureRandom());
    }

    @BeforeEach
    void write() {
        write(before, 20, 20, FIRST);
        write(after, 18, KEPT, SECOND);
    }

    private static void write(TestFiles files, int size, int changed, Ed25519Signer signer) {
        var writer = new TileWriter(files);
        for (int i = 0; i < size; i++) {
            byte[] hash = new byte[Hash.LENGTH];
            hash[0] = (byte) (i < changed ? 0 : 1);
            writer.append(new EventLeaf("event-" + i, i + 1L, Instant.EPOCH, Hash.of(hash)).encode());
        }
        writer.flush();
        files.files().put("checkpoint", signed(size, writer.root(), signer).encode());
    }

    private static SignedNote signed(long size, Hash root, Ed25519Signer signer) {
        return new SignedNote(new Checkpoint(signer.key().name(), size, root).text(), List.of()).signedBy(signer);
    }

    private static Prover prover(TestFiles files, long size) {
        return new Prover(new TiledTree(new TileReader(files), size));
    }

    /** The entries from here on are others than the first epoch had, whatever its end says. */
    private void rewrite(int from) {
        after.files().clear();
        write(after, 18, from, SECOND);
    }

    private Verdict verdict(TestFiles files, Consumer<LedgerVerification> kept) {
        var policy = TrustPolicy.parse("log %s\nlog %s\nlog %s\nquorum none\n".formatted(FIRST.key(), SECOND.key(), OTHER.key())
                .getBytes(StandardCharsets.UTF_8));
        var verification = new LedgerVerification(files, policy);
        verification.verify(new LeafCheck(), (done, size) -> {});
        assertThat(verification.findings().verdict()).isEqualTo(Verdict.GOOD);
        if (opened > 0) {
            verification.opened(SECOND.key().name(), opened);
        }
        kept.accept(verification);
        return verification.findings().verdict();
    }

    private Verdict receipt(long index, long size, Ed25519Signer signer) {
        InclusionProof proof = prover(before, 20).inclusion(index, size);
        var receipt = new Receipt(null, index, proof.path(), signed(size, prover(before, 20).root(size), signer));
        return verdict(after, verification -> verification.verifyReceipt("kept", receipt::encode));
    }

    private Verdict since(long size, Ed25519Signer signer) {
        return verdict(after,
                verification -> verification.verifySince(signed(size, prover(before, 20).root(size), signer).encode()));
    }

    @Test
    void whatTheNextEpochKeptIsProvenByTheFirst() {
        assertThat(receipt(10, 12, FIRST)).isEqualTo(Verdict.GOOD);
        assertThat(since(KEPT, FIRST)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void whatWasRewrittenBeforeItBeganContradicts() {
        rewrite(10);
        assertThat(receipt(12, 14, FIRST)).isEqualTo(Verdict.CONTRADICTED);
        assertThat(receipt(12, 17, FIRST)).as("under a tree that was lost").isEqualTo(Verdict.CONTRADICTED);
        assertThat(receipt(8, 12, FIRST)).as("under a tree that was rewritten").isEqualTo(Verdict.CONTRADICTED);
        assertThat(since(KEPT, FIRST)).isEqualTo(Verdict.CONTRADICTED);
        assertThat(since(16, FIRST)).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void withoutTheEventThatOpenedItNothingCanBeSaid() {
        rewrite(10);
        opened = 0;
        assertThat(receipt(12, 14, FIRST)).isEqualTo(Verdict.INCOMPLETE);
        assertThat(since(KEPT, FIRST)).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void whatItLostIsMissing() {
        assertThat(receipt(16, 17, FIRST)).isEqualTo(Verdict.INCOMPLETE);
        assertThat(receipt(10, 17, FIRST)).as("under a tree of which a part was lost").isEqualTo(Verdict.INCOMPLETE);
        assertThat(since(16, FIRST)).isEqualTo(Verdict.INCOMPLETE);
        assertThat(since(20, FIRST)).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void inItsOwnEpochItContradicts() {
        assertThat(since(16, SECOND)).isEqualTo(Verdict.CONTRADICTED);
        assertThat(receipt(16, 17, SECOND)).isEqualTo(Verdict.CONTRADICTED);
    }

    @Test
    void anotherLedgerOrALaterEpochIsNotCompared() {
        assertThat(since(KEPT, OTHER)).isEqualTo(Verdict.INCOMPLETE);
        assertThat(verdict(before, verification -> verification
                .verifySince(signed(KEPT, prover(after, 18).root(KEPT), SECOND).encode()))).isEqualTo(Verdict.INCOMPLETE);
    }
}
