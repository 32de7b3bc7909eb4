package io.promptaudit.ledger.pack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipInputStream;

import org.jspecify.annotations.Nullable;

import io.promptaudit.ledger.TestFiles;
import io.promptaudit.ledger.TestLog;
import io.promptaudit.ledger.encoding.Utf8;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.proof.Receipt;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileWriter;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.Prover;

/** A pack over a ledger of its own, whose members can be changed before they are listed. */
final class TestPack {
    static final TestLog LOG = new TestLog();
    /** A ledger that went on after its first epoch. */
    static final TestLog SECOND = new TestLog("log.example/trail/epoch-2");

    final Map<String, byte[]> members = new LinkedHashMap<>();

    /**
     * A pack with a receipt for each event of prompts.
     *
     * @param ledger every event that there is
     * @param held those in the pack
     */
    TestPack(List<EventLine> ledger, List<EventLine> held, Completeness claim) {
        this(ledger, held, claim, true);
    }

    TestPack(List<EventLine> ledger, List<EventLine> held, Completeness claim, boolean receipts) {
        this(ledger, held, claim, receipts, LOG);
    }

    TestPack(List<EventLine> ledger, List<EventLine> held, Completeness claim, boolean receipts, TestLog log) {
        var files = new TestFiles();
        var writer = new TileWriter(files);
        ledger.forEach(line -> writer.append(line.leaf().encode()));
        writer.flush();
        SignedNote checkpoint = log.signed(ledger.size(), writer.root());
        var events = new ByteArrayOutputStream();
        held.forEach(line -> events.writeBytes(line.encode()));
        members.put("events.ndjson", events.toByteArray());
        var prover = new Prover(new TiledTree(new TileReader(files), ledger.size()));
        held.stream().filter(line -> receipts && line.event().aggregateId().startsWith("prompt:")).forEach(line -> {
            var proof = prover.inclusion(line.position() - 1, ledger.size());
            members.put("receipts/%s.tlog-proof".formatted(line.event().eventId()),
                    new Receipt(null, proof.index(), proof.path(), checkpoint).encode());
        });
        members.put("checkpoint", checkpoint.encode());
        members.putAll(files.files());
        members.put("policy", Utf8.encode("for comparison"));
        members.put("completeness.json", claim.encode());
        for (String path : List.of("events.csv", "report.html", "HOW-TO-VERIFY.md")) {
            members.put(path, Utf8.encode("derived"));
        }
    }

    byte[] zip() {
        try {
            var zip = new ByteArrayOutputStream();
            var writer = new PackWriter(zip);
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                writer.member(member.getKey(), out -> out.write(member.getValue()));
            }
            writer.finish();
            return zip.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Everything, with the manifest over what there is now. */
    Map<String, byte[]> listed() {
        var all = new LinkedHashMap<String, byte[]>();
        try (var stream = new ZipInputStream(new ByteArrayInputStream(zip()))) {
            for (var entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                all.put(entry.getName(), stream.readAllBytes());
            }
            return all;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static PackVerification verified(Map<String, byte[]> members) {
        return verified(new InMemory(members));
    }

    static PackVerification verified(PackFiles files) {
        return verified(files, LOG);
    }

    static PackVerification verified(PackFiles files, TestLog log) {
        var verification = new PackVerification(files, log.policy());
        verification.verify((_, _) -> {});
        return verification;
    }

    /** Members that lie nowhere. */
    record InMemory(Map<String, byte[]> members) implements PackFiles {
        @Override
        public Set<String> paths() {
            return members.keySet();
        }

        @Override
        public byte @Nullable [] read(String path, int limit) {
            return members.get(path);
        }

        @Override
        public InputStream open(String path) {
            return new ByteArrayInputStream(members.getOrDefault(path, new byte[0]));
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
