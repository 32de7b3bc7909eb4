package io.promptaudit.verify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipInputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.encoding.Bytes;
import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.ledger.note.Ed25519Signer;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.pack.Completeness;
import io.promptaudit.ledger.pack.EventLine;
import io.promptaudit.ledger.pack.PackWriter;
import io.promptaudit.ledger.tile.TilePath;
import io.promptaudit.ledger.tile.TileStore;
import io.promptaudit.ledger.tile.TileWriter;

import static org.assertj.core.api.Assertions.assertThat;

/** The program and packs: one with three refusals in it, which no rule is about. */
class VerifyPackTest {
    private static final String ORIGIN = "log.example/ledger";

    @TempDir
    Path root;
    private final Ed25519Signer log = Ed25519Signer.generate(ORIGIN, new SecureRandom());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private byte[] pack(Completeness claim) throws IOException {
        List<EventLine> lines = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> new EventLine(i, new StoredEvent("event-" + i, "event-" + i, 0, null,
                        "io.promptaudit.api.event.CommandRefused", "1", "2026-03-01T12:00:0%dZ".formatted(i),
                        Bytes.of((byte) '{', (byte) '}'), Bytes.of((byte) '{', (byte) '}'))))
                .toList();
        var bytes = new ByteArrayOutputStream();
        var pack = new PackWriter(bytes);
        pack.member(EventLine.MEMBER, to -> {
            for (EventLine line : lines) {
                to.write(line.encode());
            }
        });
        var writer = new TileWriter(new Packed(pack));
        lines.forEach(line -> writer.append(line.leaf().encode()));
        writer.flush();
        pack.member("checkpoint", to -> to.write(
                new SignedNote(new Checkpoint(ORIGIN, 3, writer.root()).text(), List.of()).signedBy(log).encode()));
        pack.member(Completeness.MEMBER, to -> to.write(claim.encode()));
        pack.finish();
        return bytes.toByteArray();
    }

    /** Tiles go straight into the pack. */
    private record Packed(PackWriter pack) implements TileStore {
        @Override
        public byte @Nullable [] read(String path, int limit) {
            return null;
        }

        @Override
        public void create(TilePath path, byte[] bytes) {
            try {
                pack.member(path.toString(), to -> to.write(bytes));
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public void dropPartials(TilePath full) {
            // There are none.
        }
    }

    private int verify(byte[] pack, String... more) throws IOException {
        return verify(Files.write(root.resolve("pack.zip"), pack), more);
    }

    private int verify(Path pack, String... more) throws IOException {
        Path policy = Files.writeString(root.resolve("policy"), "log " + log.key() + "\nquorum none\n");
        var arguments = new ArrayList<>(List.of(pack.toString(), "--policy", policy.toString()));
        arguments.addAll(List.of(more));
        out.reset();
        err.reset();
        return VerifyProgram.run(arguments.toArray(String[]::new), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatAGoodPackIsGood() throws IOException {
        assertThat(verify(pack(new Completeness(null, null, null, 3, 3)))).isZero();
        assertThat(out().lines().map(line -> line.replaceFirst(", [0-9,]+ a second", "").replaceFirst("Root .*", "Root")))
                .containsExactly("Pack       the whole trail", "Ledger     log.example/ledger", "Root",
                        "Entries    3 of 3 looked at", "Signed by  " + log.key().label(), "Events     3 looked at",
                        "Rules      0 events decided again, 0 of them releases",
                        "Members    5 compared with the manifest; the table, the report and the page on verifying with nothing else",
                        "GOOD: every event is in the tree that was signed, and the release rules let through what was released");
    }

    @Test
    void saysWhatAPromptsPackDoesNotShow() throws IOException {
        assertThat(verify(pack(new Completeness("clinical/intake", null, null, 3, 3)))).isEqualTo(2);
        assertThat(out()).contains("Pack       the prompt clinical/intake\n",
                "\nNot shown  that nothing was left out behind the last",
                "INCOMPLETE   completeness: there is no event of prompt:clinical/intake\n");
    }

    @Test
    void answersInJson() throws IOException {
        assertThat(verify(pack(new Completeness(null, null, null, 3, 4)), "--json")).isEqualTo(1);
        assertThat(out()).startsWith("""
                {"verdict":"contradicted","pack":{"scope":"trail","members":5,"events":3,"decidedAgain":0,"releases":0,\
                "showsTheEnd":true},"ledger":"log.example/ledger","size":3,""").contains("""
                "findings":[{"verdict":"contradicted","check":"completeness","detail":"there are 3 events instead of 4"}]""");
    }

    @Test
    void readsAnUnpackedPackTheSameWay() throws IOException {
        Path folder = root.resolve("unpacked");
        try (var zip = new ZipInputStream(new ByteArrayInputStream(pack(new Completeness(null, null, null, 3, 3))))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.readAllBytes());
            }
        }
        assertThat(verify(folder)).isZero();
        Files.writeString(folder.resolve("events.ndjson"), "");
        assertThat(verify(folder)).isEqualTo(1);
        assertThat(out()).contains("CONTRADICTED manifest: events.ndjson is not what the manifest says");
        // Without what makes it a pack it is a copy of a ledger, and says so.
        for (String path : List.of("events.ndjson", "MANIFEST.sha256", "completeness.json")) {
            Files.delete(folder.resolve(path));
        }
        assertThat(verify(folder)).isZero();
        assertThat(out()).doesNotContain("Pack ").contains("GOOD: every entry is in the tree that was signed\n");
    }

    @Test
    void whatIsNoZipContradicts() throws IOException {
        byte[] pack = pack(new Completeness(null, null, null, 3, 3));
        assertThat(verify(Arrays.copyOf(pack, pack.length / 2))).isEqualTo(1);
        assertThat(out()).isEqualTo("""
                CONTRADICTED pack: file: is torn, or no zip
                CONTRADICTED: this is not what was signed
                """);
        assertThat(verify(root.resolve("nowhere"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no pack or folder ");
    }
}
