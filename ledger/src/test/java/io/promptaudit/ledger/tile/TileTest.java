package io.promptaudit.ledger.tile;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.MalformedInput;
import io.promptaudit.ledger.MissingEvidence;
import io.promptaudit.ledger.Seeds;
import io.promptaudit.ledger.TestFiles;
import io.promptaudit.ledger.TestLog;
import io.promptaudit.ledger.VerificationFailed;
import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tree.CompactRange;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.tree.TreeHasher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TileTest {
    private static final int EXAMPLE_SIZE = 70_000;
    private static final List<String> TESSERA_ENTRIES = List.of("one", "two", "three", "four", "five", "six", "seven", "eit",
            "nain",
            "ten", "ileven", "twelf", "threeten", "fourten", "fivten");
    private static final String TESSERA_POLICY = "log example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx\nquorum none\n";

    private final TreeHasher hasher = new TreeHasher();

    @Test
    void ofSeventyThousandEntriesAreThoseOfTheSpecification() {
        var files = new TestFiles();
        TileWriter writer = new TileWriter(files);
        var range = new CompactRange();
        for (int i = 0; i < EXAMPLE_SIZE; i++) {
            byte[] entry = {(byte) (i >>> 16), (byte) (i >>> 8), (byte) i};
            writer.append(entry);
            range.append(hasher.leaf(entry));
        }
        writer.flush();
        assertThat(writer.root()).isEqualTo(range.root());
        var expected = new TreeSet<String>();
        for (int i = 0; i < 273; i++) {
            expected.add(TilePath.hashes(0, i, 256).toString());
            expected.add(TilePath.entries(i, 256).toString());
        }
        expected.addAll(List.of("tile/0/273.p/112", "tile/entries/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"));
        assertThat(files.files().keySet()).isEqualTo(expected);

        var prover = new Prover(new TiledTree(new TileReader(files), EXAMPLE_SIZE));
        assertThat(prover.root(EXAMPLE_SIZE)).isEqualTo(range.root());
        for (int size : new int[]{1, 255, 256, 257, 511, 65_535, 65_536, 65_537, 69_999}) {
            prover.consistency(size, EXAMPLE_SIZE).verify(prover.root(size), range.root());
            byte[] entry = {(byte) (size >>> 16), (byte) (size >>> 8), (byte) size};
            prover.inclusion(size, EXAMPLE_SIZE).verify(hasher.leaf(entry), range.root());
        }
        assertThatThrownBy(() -> new TiledTree(new TileReader(files), 100).root(2, 25))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void areTheSameHoweverOftenTheWriterStopsAndResumes() {
        Random random = Seeds.random();
        var files = new TestFiles();
        var straight = new TestFiles();
        var writer = new TileWriter(files);
        var onwards = new TileWriter(straight);
        while (writer.size() < 1500) {
            for (int i = 1 + random.nextInt(300); i > 0; i--) {
                byte[] entry = Seeds.bytes(random, random.nextInt(20));
                writer.append(entry);
                onwards.append(entry);
            }
            writer.flush();
            writer = TileWriter.resume(files, writer.size(), writer.root());
            assertThat(writer.root()).isEqualTo(onwards.root());
        }
        onwards.flush();
        straight.files().forEach((path, bytes) -> assertThat(files.files().get(path)).as(path).isEqualTo(bytes));
    }

    @Test
    void areNotWrittenOnWhenTheyAreNotThoseOfTheTree() {
        var files = new TestFiles();
        var writer = new TileWriter(files);
        writer.append(new byte[]{1});
        writer.flush();
        assertThatThrownBy(() -> TileWriter.resume(files, 1, TreeHasher.EMPTY_ROOT)).isInstanceOf(VerificationFailed.class)
                .hasMessageStartingWith("the tiles have the root");
        assertThatThrownBy(() -> TileWriter.resume(files, 2, writer.root())).isInstanceOf(MissingEvidence.class);
        assertThat(TileWriter.resume(new TestFiles(), 0, TreeHasher.EMPTY_ROOT).size()).isZero();
    }

    @Test
    void takeEntriesUpToTheirLimit() {
        var files = new TestFiles();
        var writer = new TileWriter(files);
        byte[] largest = Seeds.bytes(Seeds.random(), EntryBundle.MAX_ENTRY_LENGTH);
        writer.append(largest);
        writer.append(new byte[0]);
        writer.flush();
        EntryBundle bundle = new TileReader(files).entries(TilePath.entries(0, 2));
        assertThat(bundle.entry(0)).isEqualTo(largest);
        assertThat(bundle.entry(1)).isEmpty();
        assertThatThrownBy(() -> writer.append(new byte[EntryBundle.MAX_ENTRY_LENGTH + 1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(writer.size()).isEqualTo(2);
    }

    @Test
    void ofTesseraAreWrittenByteForByte() throws Exception {
        Path tessera = Path.of(requireNonNull(TileTest.class.getResource("tessera")).toURI());
        var theirs = new TreeMap<String, byte[]>();
        try (var files = Files.walk(tessera.resolve("tile"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                theirs.put(tessera.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        var ours = new TestFiles();
        var writer = new TileWriter(ours);
        var policy = TrustPolicy.parse(TESSERA_POLICY.getBytes(StandardCharsets.UTF_8));
        for (int size = 0; size <= TESSERA_ENTRIES.size(); size++) {
            SignedNote signed = SignedNote.parse(Files.readAllBytes(tessera.resolve("checkpoint." + size)));
            assertThat(policy.verify(signed).checkpoint())
                    .isEqualTo(new Checkpoint("example.com/log/testdata", writer.size(), writer.root()));
            writer.flush();
            if (size < TESSERA_ENTRIES.size()) {
                writer.append(TESSERA_ENTRIES.get(size).getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(ours.files()).hasSize(30).containsAllEntriesOf(theirs);
        assertThat(writer.root()).hasToString("rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=");
    }

    @Test
    void thatAreFullStandInForPartialOnesThatAreGone() {
        var files = new TestFiles();
        var writer = new TileWriter(files);
        for (int i = 0; i < 300; i++) {
            writer.append(new byte[]{(byte) i});
        }
        writer.flush();
        var reader = new TileReader(files);
        assertThat(reader.hashes(TilePath.hashes(0, 0, 2)))
                .isEqualTo(Arrays.copyOf(requireNonNull(files.files().get("tile/0/000")), 2 * Hash.LENGTH));
        EntryBundle bundle = reader.entries(TilePath.entries(0, 2));
        assertThat(bundle.width()).isEqualTo(2);
        assertThat(bundle.entry(1)).containsExactly(1);
        assertThatThrownBy(() -> reader.hashes(TilePath.hashes(0, 1, 43))).isInstanceOf(MissingEvidence.class)
                .hasMessage("there is no file tile/0/001.p/43");
        assertThatThrownBy(() -> reader.entries(TilePath.entries(2, 256))).isInstanceOf(MissingEvidence.class)
                .hasMessage("there is no file tile/entries/002");
        assertThatThrownBy(reader::checkpoint).isInstanceOf(MissingEvidence.class);
    }

    @Test
    void areRefusedInAnyOtherForm() {
        var files = new TestFiles();
        var reader = new TileReader(files);
        for (int length : new int[]{0, 31, 33, 63, 65, 96}) {
            files.files().put("tile/0/000.p/2", new byte[length]);
            assertThatThrownBy(() -> reader.hashes(TilePath.hashes(0, 0, 2))).isInstanceOf(MalformedInput.class)
                    .hasMessage("tile/0/000.p/2: has %d bytes instead of 64", length);
        }
        for (byte[] bundle : new byte[][]{{}, {0}, {0, 0}, {0, 0, 0}, {0, 0, 0, 1}, {0, 1, 9, 0}, {0, 0, 0, 0, 0},
                {(byte) 0xFF, (byte) 0xFF, 0, 0}}) {
            files.files().put("tile/entries/000.p/2", bundle);
            assertThatThrownBy(() -> reader.entries(TilePath.entries(0, 2))).isInstanceOf(MalformedInput.class)
                    .hasMessageStartingWith("tile/entries/000.p/2: ");
        }
    }

    @Test
    void inAFolderStayAsTheyAre(@TempDir Path folder) throws Exception {
        var ledger = new LedgerFolder(folder.resolve("made/on demand"));
        var files = new TestFiles();
        var writer = new TileWriter(ledger);
        var inMemory = new TileWriter(files);
        for (int i = 0; i < 600; i++) {
            byte[] entry = {(byte) i};
            writer.append(entry);
            inMemory.append(entry);
            if (i % 97 == 0) {
                writer.flush();
                inMemory.flush();
            }
        }
        writer.flush();
        inMemory.flush();
        var kept = new ArrayList<String>();
        try (var paths = Files.walk(folder.resolve("made/on demand"))) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                String path = folder.resolve("made/on demand").relativize(file).toString();
                kept.add(path);
                assertThat(Files.readAllBytes(file)).as(path).isEqualTo(files.files().get(path));
            }
        }
        assertThat(kept).containsExactlyInAnyOrderElementsOf(files.files().keySet())
                .contains("tile/0/002.p/71", "tile/0/002.p/88")
                .noneMatch(path -> path.startsWith("tile/0/000.p") || path.startsWith("tile/entries/001.p"));

        assertThatThrownBy(() -> ledger.create(TilePath.hashes(0, 0, 256), new byte[8192])).isInstanceOf(VerificationFailed.class)
                .hasMessage("tile/0/000 is kept with other bytes");
        assertThatThrownBy(() -> ledger.create(TilePath.hashes(0, 0, 256), new byte[1])).isInstanceOf(VerificationFailed.class);
        byte[] same = requireNonNull(files.files().get("tile/0/000"));
        ledger.create(TilePath.hashes(0, 0, 256), same);
        assertThat(new TileReader(ledger).hashes(TilePath.hashes(0, 0, 256))).isEqualTo(same);
        Files.write(folder.resolve("made/on demand/tile/0/000"), new byte[8193]);
        assertThatThrownBy(() -> new TileReader(ledger).hashes(TilePath.hashes(0, 0, 256))).isInstanceOf(MalformedInput.class)
                .hasMessage("tile/0/000: has more than 8192 bytes");
    }

    @Test
    void comeWithTheNewestCheckpoint(@TempDir Path folder) {
        var ledger = new LedgerFolder(folder);
        var log = new TestLog();
        for (int size = 0; size < 3; size++) {
            SignedNote checkpoint = log.signed(size, TreeHasher.EMPTY_ROOT);
            ledger.publish(checkpoint);
            assertThat(new TileReader(ledger).checkpoint()).isEqualTo(checkpoint);
        }
        assertThat(folder.toFile().list()).containsExactly("checkpoint");
    }
}
