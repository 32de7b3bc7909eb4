package io.promptaudit.server.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import io.promptaudit.ledger.leaf.StoredEvent;
import io.promptaudit.server.sequence.Ledger;

/** The ledger of a database without a server: keys and checkpoints lie in the same folder. */
public final class SealedTables implements AutoCloseable {
    private static final EventMac MAC = new EventMac(new SecretKeySpec(new byte[]{1}, "HmacSHA256"));

    private final Sealer sealer;
    private final GrowingLedger ledger;

    /** Begins the ledger in these tables, or goes on with it. */
    public SealedTables(JdbcTemplate db, TransactionTemplate transaction, Path folder) {
        var table = new LedgerTable(db);
        var epochs = new Epochs(new KeyFiles(folder, InstantSource.system()), List::of, "example.org/ledger", Duration.ofDays(1),
                InstantSource.system());
        try {
            sealer = new Sealer(epochs, new CheckpointFolder(folder), table, OutsideMemory.NONE,
                    Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ledger = new GrowingLedger(table, transaction, new StoredEvents(db), MAC, sealer, List.of());
        sealer.start();
    }

    /** What the server would have written beside this event. */
    public static byte[] mac(StoredEvent event) {
        return MAC.of(event.hash());
    }

    /** What a sequencer grows. */
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        sealer.stop();
    }
}
