package io.promptaudit.ledger.verification;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.promptaudit.ledger.Seeds;
import io.promptaudit.ledger.TestFiles;
import io.promptaudit.ledger.TestLog;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tile.LedgerFolder;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileWriter;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.InclusionProof;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.tree.TreeHasher;

import static io.promptaudit.ledger.verification.Verdict.CONTRADICTED;
import static io.promptaudit.ledger.verification.Verdict.GOOD;
import static io.promptaudit.ledger.verification.Verdict.INCOMPLETE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** A ledger with tiles on three levels, and what is done to it. */
class LedgerVerificationTest {
    private static final int SIZE = 1_300;
    private static final int FORGERIES = 20;
    private static final TestLog LOG = new TestLog();

    private static final TestFiles GOOD_FILES = new TestFiles();

    private final TestFiles files = new TestFiles();

    @BeforeAll
    static void keep() {
        write(GOOD_FILES, SIZE, SIZE);
    }

    @BeforeEach
    void copy() {
        GOOD_FILES.files().forEach((path, bytes) -> files.files().put(path, bytes.clone()));
    }

    /** Writes and signs a ledger whose events are others from {@code changed} on. */
    private static void write(TestFiles files, int size, int changed) {
        var writer = new TileWriter(files);
        for (int i = 0; i < size; i++) {
            writer.append(entry(i, i < changed ? 0 : 1));
        }
        writer.flush();
        files.files().put("checkpoint", LOG.cosigned(size, writer.root()).encode());
    }

    private static byte[] entry(int index, int variant) {
        byte[] hash = new byte[Hash.LENGTH];
        hash[0] = (byte) variant;
        return new EventLeaf("event-" + index, index + 1L, Instant.EPOCH.plusMillis(index), Hash.of(hash)).encode();
    }

    private LedgerVerification verified() {
        var verification = new LedgerVerification(files, LOG.policyWithWitness());
        verification.verify(new LeafCheck(), (done, size) -> {});
        return verification;
    }

    private void assertFound(Verdict verdict, String... details) {
        assertFound(verified(), verdict, details);
    }

    private static void assertFound(LedgerVerification verification, Verdict verdict, String... details) {
        assertThat(verification.findings().first()).extracting(Finding::detail).containsExactly(details);
        assertThat(verification.findings().count()).isEqualTo(details.length);
        assertThat(verification.findings().verdict()).isEqualTo(verdict);
    }

    @Test
    void isGoodAsItIs() {
        var verification = new LedgerVerification(files, LOG.policyWithWitness());
        var told = new ArrayList<Long>();
        verification.verify(new LeafCheck(), (done, size) -> told.add(done));
        assertFound(verification, GOOD);
        assertThat(verification.entries()).isEqualTo(SIZE);
        assertThat(requireNonNull(verification.trusted()).witnesses()).hasSize(1);
        assertThat(told).hasSize(SIZE / 256 + 1).isSorted().endsWith((long) SIZE);
    }

    @Test
    void isGoodWithTilesOnThreeLevels() {
        write(files, 66_000, 66_000);
        assertThat(files.files()).containsKeys("tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1");
        assertFound(GOOD);
        bytes("tile/1/000")[7] ^= 1;
        bytes("tile/2/000.p/1")[31] ^= 1;
        assertFound(CONTRADICTED, "tile/1/000 is not what follows from the level below",
                "tile/2/000.p/1 is not what follows from the level below");
    }

    @Test
    void isGoodWithoutEntries() {
        files.files().clear();
        files.files().put("checkpoint", LOG.cosigned(0, TreeHasher.EMPTY_ROOT).encode());
        assertFound(GOOD);
    }

    @Test
    void namesAnEntryThatWasChanged() {
        bytes("tile/entries/003")[70] ^= 1;
        assertFound(CONTRADICTED, "entry 768 (event event-768) is not the one that the tree was made of");
    }

    @Test
    void namesTheTileThatWasChangedWithItsEntry() {
        byte[] bundle = bytes("tile/entries/003");
        byte[] other = entry(768, 2);
        System.arraycopy(other, 0, bundle, 2, other.length);
        new TreeHasher().leaf(other, 0, other.length, bytes("tile/0/003"), 0);
        assertThat(verified().findings().first()).extracting(Finding::detail).hasSize(2)
                .startsWith("tile/1/000.p/5 is not what follows from the level below")
                .last().asString().startsWith("the root over the 1300 entries is ").contains(", and the checkpoint's is ");
    }

    @Test
    void namesATileThatWasChanged() {
        bytes("tile/1/000.p/5")[0] ^= 1;
        assertFound(CONTRADICTED, "tile/1/000.p/5 is not what follows from the level below");
    }

    @Test
    void namesAnEntryThatStandsElsewhere() {
        var writer = new TileWriter(files);
        writer.append(entry(0, 0));
        writer.append(entry(2, 0));
        writer.append("{}".getBytes(StandardCharsets.US_ASCII));
        writer.flush();
        files.files().put("checkpoint", LOG.cosigned(3, writer.root()).encode());
        assertFound(CONTRADICTED, "entry 1: event event-2 says that its position is 3",
                "entry 2: entry: has other members than [eventHash, eventId, kind, position, recordedAt, v]");
    }

    @Test
    void countsWhatItDoesNotName() {
        var others = new TestFiles();
        write(others, 256, 0);
        files.files().put("tile/entries/000", requireNonNull(others.files().get("tile/entries/000")));
        Findings findings = verified().findings();
        assertThat(findings.count()).isEqualTo(256);
        assertThat(findings.first()).hasSize(100);
    }

    @Test
    void goesOnWithoutEntriesOrWithoutHashes() {
        files.files().remove("tile/entries/002");
        files.files().remove("tile/0/003");
        files.files().remove("tile/1/000.p/5");
        assertFound(INCOMPLETE, "there is no file tile/entries/002", "there is no file tile/0/003",
                "there is no file tile/1/000.p/5");
        bytes("tile/entries/004")[70] ^= 1;
        assertThat(verified().findings().verdict()).isEqualTo(CONTRADICTED);
    }

    @Test
    void stopsWhereNothingIsLeft() {
        files.files().remove("tile/entries/002");
        files.files().remove("tile/0/002");
        LedgerVerification verification = verified();
        assertFound(verification, INCOMPLETE, "there is no file tile/0/002", "there is no file tile/entries/002");
        assertThat(verification.entries()).isEqualTo(2 * 256);
    }

    @Test
    void lacksACheckpoint() {
        files.files().remove("checkpoint");
        assertFound(INCOMPLETE, "there is no file checkpoint");
    }

    @Test
    void lacksAWitness() {
        SignedNote note = new TileReader(files).checkpoint();
        files.files().put("checkpoint", new SignedNote(note.text(), note.signatures().subList(0, 1)).encode());
        LedgerVerification verification = verified();
        assertThat(verification.findings().verdict()).isEqualTo(INCOMPLETE);
        assertThat(verification.entries()).isEqualTo(SIZE);
        assertThat(verification.trusted()).isNull();
    }

    @Test
    void isNotOfALogThatNobodyKnows() {
        SignedNote note = new TileReader(files).checkpoint();
        files.files().put("checkpoint", new SignedNote(note.text(), List.of()).signedBy(new TestLog().signer()).encode());
        assertThat(verified().findings().verdict()).isEqualTo(CONTRADICTED);
    }

    @Test
    void isNotBelievedToBeEndless() {
        files.files().put("checkpoint", LOG.cosigned(-1, TreeHasher.EMPTY_ROOT).encode());
        assertFound(CONTRADICTED, "the checkpoint is over 18446744073709551615 entries, and no ledger has 2^63");
        files.files().put("checkpoint", LOG.cosigned(Long.MAX_VALUE, TreeHasher.EMPTY_ROOT).encode());
        LedgerVerification verification = verified();
        assertThat(verification.findings().verdict()).isEqualTo(INCOMPLETE);
        assertThat(verification.entries()).isEqualTo(1_280);
    }

    @Test
    void isNeverGoodWhenAnyByteOfItIsAnother() {
        Random random = Seeds.random();
        files.files().clear();
        write(files, 600, 600);
        List<String> paths = List.copyOf(files.files().keySet());
        assertThat(paths).hasSize(8);
        for (int i = 0; i < FORGERIES * paths.size(); i++) {
            String path = paths.get(i % paths.size());
            byte[] genuine = bytes(path).clone();
            bytes(path)[random.nextInt(genuine.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(verified().findings().verdict()).as(path).isNotEqualTo(GOOD);
            files.files().put(path, genuine);
        }
        assertFound(GOOD);
    }

    @Test
    void continuesWhatOthersKept() {
        for (int size : new int[]{0, 1, 255, 256, 257, 1_280, SIZE}) {
            LedgerVerification verification = verified();
            verification.verifySince(kept(size).encode());
            assertFound(verification, GOOD);
        }
    }

    private SignedNote kept(int size) {
        return LOG.cosigned(size, new Prover(new TiledTree(new TileReader(files), SIZE)).root(size));
    }

    private byte[] receipt(int index, int size) {
        InclusionProof proof = new Prover(new TiledTree(new TileReader(files), SIZE)).inclusion(index, size);
        return new Receipt(null, index, proof.path(), kept(size)).encode();
    }

    @Test
    void holdsWhatReceiptsProve() {
        LedgerVerification verification = verified();
        verification.verifyReceipt("a", () -> receipt(300, 301));
        verification.verifyReceipt("b", () -> receipt(0, SIZE));
        assertFound(verification, GOOD);
    }

    /** Everything is rewritten from an entry on, and signed with the log's own key: nothing but old evidence tells. */
    @Test
    void isContradictedByOldEvidenceWhenItWasRewrittenUnderItsOwnKey() {
        byte[] before = receipt(300, 301);
        byte[] across = receipt(300, 600);
        byte[] lost = receipt(500, 501);
        byte[] since = kept(501).encode();
        write(files, SIZE, 450);
        LedgerVerification verification = verified();
        verification.verifyReceipt("before", () -> before);
        assertFound(verification, GOOD);
        verification.verifyReceipt("across", () -> across);
        verification.verifyReceipt("lost", () -> lost);
        verification.verifySince(since);
        assertThat(verification.findings().verdict()).isEqualTo(CONTRADICTED);
        assertThat(verification.findings().first()).extracting(Finding::detail).satisfiesExactly(
                one -> assertThat(one).startsWith("across: at 600 entries the root was ")
                        .endsWith("what was recorded has been changed"),
                two -> assertThat(two).startsWith("lost: the inclusion proof leads to the root "),
                three -> assertThat(three).startsWith("at 501 entries the root was "));
    }

    @Test
    void isOlderThanWhatItIsComparedWith() {
        byte[] receipt = receipt(599, 600);
        byte[] covered = receipt(5, 600);
        byte[] since = kept(600).encode();
        write(files, 500, 500);
        LedgerVerification verification = verified();
        verification.verifySince(since);
        verification.verifyReceipt("r", () -> receipt);
        verification.verifyReceipt("s", () -> covered);
        assertFound(verification, INCOMPLETE,
                "there was a ledger of 600 entries, and this one has 500: it is an older copy, or was cut",
                "r: proves entry 599, and this ledger ends before",
                "s: there was a ledger of 600 entries, and this one has 500: it is an older copy, or was cut");
    }

    @Test
    void isNotComparedWithAnotherOne() {
        LedgerVerification verification = verified();
        verification.verifySince(new TestLog().cosigned(5, TreeHasher.EMPTY_ROOT).encode());
        verification.verifyReceipt("r", () -> "no receipt".getBytes(StandardCharsets.US_ASCII));
        assertThat(verification.findings().first()).extracting(Finding::detail).satisfiesExactly(
                since -> assertThat(since).startsWith("no log of the policy signed the checkpoint"),
                receipt -> assertThat(receipt).isEqualTo("r: receipt: has no empty line between proof and checkpoint"));
    }

    @Test
    void ofTesseraIsGoodAtEverySize() throws Exception {
        Path tessera = Path.of(requireNonNull(TileReader.class.getResource("tessera")).toURI());
        TrustPolicy policy = TrustPolicy.parse("""
                log example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx
                quorum none
                """.getBytes(StandardCharsets.US_ASCII));
        var verification = new LedgerVerification(new LedgerFolder(tessera), policy);
        verification.verify((index, entry) -> {}, (done, size) -> {});
        for (int size = 0; size <= 15; size++) {
            verification.verifySince(Files.readAllBytes(tessera.resolve("checkpoint." + size)));
        }
        assertFound(verification, GOOD);
        assertThat(verification.entries()).isEqualTo(15);
    }

    private byte[] bytes(String path) {
        return requireNonNull(files.files().get(path), path);
    }
}
