package io.promptaudit.server.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

import io.promptaudit.ledger.checkpoint.Checkpoint;
import io.promptaudit.ledger.leaf.EventLeaf;
import io.promptaudit.ledger.note.SignedNote;
import io.promptaudit.ledger.policy.TrustPolicy;
import io.promptaudit.ledger.tile.TileReader;
import io.promptaudit.ledger.tile.TileSource;
import io.promptaudit.ledger.tile.TiledTree;
import io.promptaudit.ledger.tree.Hash;
import io.promptaudit.ledger.tree.Prover;
import io.promptaudit.ledger.verification.LeafCheck;
import io.promptaudit.ledger.verification.LedgerVerification;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process that was killed left of its ledger: tables, keys and second place. A copy is read, before any server could repair
 * something, and checked as an auditor would who has kept everything that was ever signed or answered.
 */
final class LeftLedger implements TileSource, AutoCloseable {
    private final Path copy;
    private final JdbcTemplate db;
    private final LedgerTable table;
    private final StoredTiles tiles;
    private final Map<String, Optional<byte[]>> read = new HashMap<>();

    /** Copies what lies in this folder. */
    LeftLedger(Path folder) throws IOException {
        copy = Files.createTempDirectory("left");
        FileSystemUtils.copyRecursively(folder, copy);
        db = new JdbcTemplate(new DriverManagerDataSource(
                "jdbc:h2:file:" + copy.resolve("trail") + ";IFEXISTS=TRUE;DB_CLOSE_DELAY=-1", "OWNER", ""));
        table = new LedgerTable(db);
        tiles = new StoredTiles(table);
    }

    /** The newest checkpoint of the second place; empty where no ledger was begun. */
    Optional<SignedNote> newest() throws IOException {
        return new CheckpointFolder(copy.resolve("checkpoints")).newest();
    }

    /** As the ledger's files are served, under the newest checkpoint of the second place. */
    @Override
    public byte @Nullable [] read(String path, int limit) {
        return read.computeIfAbsent(path, it -> Optional.ofNullable(tiles.read(it, limit))).orElse(null);
    }

    /** Checks everything that was heard against what is left. */
    void check(Heard heard) throws IOException {
        SignedNote newest = newest().orElse(null);
        if (newest == null) {
            assertThat(heard.answers()).as("a ledger that was not begun has answered nobody").isEmpty();
            return;
        }
        Checkpoint kept = Checkpoint.parse(newest.text());
        Map<Long, Hash> signed = heard.signed(kept.origin());
        assertThat(signed).as("what is kept was signed").containsEntry(kept.size(), kept.root());
        List<String> events = events();
        assertThat(table.size()).as("each position has its leaf").isEqualTo(events.size());
        everyTreeBeginsWhatIsLeft(signed, events.size());
        everythingVerifies(newest, heard);
        for (Heard.Answer answer : heard.answers()) {
            Checkpoint proven = Checkpoint.parse(answer.receipt().checkpoint().text());
            assertThat(proven.size()).as("what is answered is kept").isLessThanOrEqualTo(kept.size());
            int index = Math.toIntExact(answer.position() - 1);
            assertThat(events.get(index)).as("position %d", answer.position()).isEqualTo(answer.event());
            EventLeaf leaf = EventLeaf.parse(Objects.requireNonNull(table.entries(index, 1).getFirst()));
            assertThat(leaf.eventId()).as("entry %d", index).isEqualTo(answer.event());
        }
    }

    private List<String> events() {
        List<Long> positions = db.queryForList("select position from event_position order by position", Long.class);
        assertThat(positions).as("positions are dense")
                .containsExactlyElementsOf(LongStream.rangeClosed(1, positions.size()).boxed().toList());
        return db.queryForList("""
                select e.event_identifier from event_position p join domain_event e on e.global_index = p.global_index
                order by p.position""", String.class);
    }

    private void everyTreeBeginsWhatIsLeft(Map<Long, Hash> signed, long size) {
        var prover = new Prover(new TiledTree(new TileReader(this), size));
        Hash root = prover.root(size);
        signed.forEach((older, olderRoot) -> {
            assertThat(older).as("what is signed is there").isLessThanOrEqualTo(size);
            if (older > 0) {
                prover.consistency(older, size).verify(olderRoot, root);
            }
        });
    }

    /** With nothing but the ledger's own verifier. */
    private void everythingVerifies(SignedNote newest, Heard heard) {
        TileSource served = (path, limit) -> path.equals(TileReader.CHECKPOINT) ? newest.encode() : read(path, limit);
        var verification = new LedgerVerification(served, policy(Checkpoint.parse(newest.text()).origin()));
        verification.verify(new LeafCheck(), (done, size) -> {});
        heard.answers().forEach(answer -> verification.verifyReceipt(answer.event(), answer.receipt()::encode));
        assertThat(verification.findings().first()).as("findings of the verifier").isEmpty();
    }

    private TrustPolicy policy(String origin) {
        KeySet keys = KeySet.first(Objects.requireNonNull(Origin.parse(origin)));
        String logs = new KeyFiles(copy.resolve("keys"), InstantSource.system()).signers(keys).stream()
                .map(signer -> "log " + signer.key() + "\n").collect(Collectors.joining());
        return TrustPolicy.parse((logs + "quorum none\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(copy.resolve("trail.mv.db"))) {
            db.execute("shutdown immediately");
        }
        FileSystemUtils.deleteRecursively(copy);
    }
}
