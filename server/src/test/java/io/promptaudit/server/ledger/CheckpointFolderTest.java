package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.tree.TreeHasher;
import io.promptaudit.server.sequence.LedgerDamaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Of two histories one is kept, and a file that is torn costs one checkpoint at most. */
class CheckpointFolderTest {
    @TempDir
    private Path folder;
    private CheckpointFolder place;

    @BeforeEach
    void open() throws IOException {
        place = new CheckpointFolder(folder);
    }

    private static SignedNote note(int epoch, long size, String tree) {
        var signer = Ed25519Signer.generate("example.org/log/epoch-" + epoch, new SecureRandom());
        var checkpoint = new Checkpoint(signer.key().name(), size, new TreeHasher().leaf(tree.getBytes(UTF_8)));
        return new SignedNote(checkpoint.text(), List.of()).signedBy(signer);
    }

    @Test
    void theNewestIsKept() throws IOException {
        SignedNote newest = note(1, 1, "a");
        for (int size = 1; size < 20; size++) {
            newest = note(1, size, "a" + size);
            assertThat(place.keep(newest)).isEqualTo(newest);
        }
        assertThat(new CheckpointFolder(folder).newest()).contains(newest);
    }

    @Test
    void anOlderOneIsAnsweredWithTheNewer() throws IOException {
        SignedNote newer = place.keep(note(1, 7, "a"));
        assertThat(new CheckpointFolder(folder).keep(note(1, 5, "b"))).isEqualTo(newer);
        assertThat(place.newest()).contains(newer);
    }

    @Test
    void anotherRootOfTheSameSizeIsRefused() throws IOException {
        SignedNote first = place.keep(note(1, 7, "a"));
        assertThatExceptionOfType(LedgerDamaged.class).isThrownBy(() -> new CheckpointFolder(folder).keep(note(1, 7, "b")))
                .withMessageContaining("another root");
        assertThat(place.newest()).contains(first);
        place.keep(note(1, 7, "a"));
    }

    @Test
    void theLastOneOfAnEpochStays() throws IOException {
        SignedNote last = place.keep(note(1, 7, "a"));
        SignedNote next = place.keep(note(2, 7, "b"));
        assertThat(place.newest()).contains(next);
        assertThat(Files.readAllBytes(folder.resolve("epoch-1.checkpoint"))).isEqualTo(last.encode());
    }

    @Test
    void aTornFileCostsOneCheckpoint() throws IOException {
        SignedNote older = place.keep(note(1, 6, "a"));
        SignedNote newest = place.keep(note(1, 7, "b"));
        for (String name : List.of("checkpoint.0", "checkpoint.1")) {
            Path file = folder.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            assertThat(place.newest()).contains(SignedNote.parse(whole).text().equals(newest.text()) ? older : newest);
            Files.write(file, whole);
        }
    }

    /** A power cut may leave the beginning of the new and the end of the old. */
    @Test
    void aFileThatIsHalfOldCostsOneCheckpoint() throws IOException {
        place.keep(note(1, 5, "a"));
        SignedNote older = place.keep(note(1, 6, "b"));
        byte[] oldest = Files.readAllBytes(folder.resolve("checkpoint.0"));
        place.keep(note(1, 7, "c"));
        byte[] newest = Files.readAllBytes(folder.resolve("checkpoint.0"));
        assertThat(newest).hasSameSizeAs(oldest);
        for (int torn = 0; torn < newest.length; torn++) {
            byte[] mixed = newest.clone();
            System.arraycopy(oldest, torn, mixed, torn, oldest.length - torn);
            if (!Arrays.equals(mixed, oldest) && !Arrays.equals(mixed, newest)) {
                Files.write(folder.resolve("checkpoint.0"), mixed);
                assertThat(new CheckpointFolder(folder).newest()).as("new up to %d", torn).contains(older);
            }
        }
    }

    @Test
    void aShorterOneReplacesAllOfALongerOne() throws IOException {
        place.keep(note(1, 1_000_000, "a"));
        place.keep(note(1, 1_000_001, "b"));
        SignedNote next = place.keep(note(2, 3, "c"));
        assertThat(new CheckpointFolder(folder).newest()).contains(next);
    }

    @Test
    void otherToolsReadTheFile() throws IOException {
        SignedNote kept = place.keep(note(1, 6, "a"));
        SignedNote read = SignedNote.parse(Files.readAllBytes(folder.resolve("checkpoint.0")));
        assertThat(read.text()).isEqualTo(kept.text());
        assertThat(read.signatures()).containsAll(kept.signatures());
    }
}
