package io.promptaudit.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;

import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The file of the embedded database. H2 writes it only when it is told to, here, and only while no statement writes: what is in
 * the file is always the database at one moment, never the halves of two. Transactions that were open at that moment are rolled
 * back by H2 when it opens the file.
 */
final class EmbeddedStore implements Durability, OnlineCopy, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final int NO_BACKGROUND_WRITER = -1;
    /**
     * H2 would store by itself, at any moment, once its unsaved pages come near a limit. After each capture it counts their bytes
     * from here, far below. H2 multiplies the count by four: that must not overflow, also when the count falls at first.
     */
    private static final int COUNTED_FROM = -(1 << 28);
    /** Per cent of the pages in the file that are still in use, and of the file that is in use at all. */
    private static final int SPARSE = 50;
    /** Bytes that are moved at once: writers wait for it. */
    private static final int PORTION = 1 << 20;

    private final Connection owner;
    private final WriteGate gate;
    private final MVStore store;
    private final StoreHeader header;
    private long version;
    private final AtomicInteger unasked = new AtomicInteger();

    EmbeddedStore(Connection owner, WriteGate gate) throws SQLException {
        this.owner = owner;
        this.gate = gate;
        Database database = ((SessionLocal) owner.unwrap(JdbcConnection.class).getSession()).getDatabase();
        this.store = database.getStore().getMvStore();
        this.header = new StoreHeader(store);
        ExitHook.forget(database);
        // Not 0, which would store at the end of every transaction.
        store.setAutoCommitDelay(NO_BACKGROUND_WRITER);
        version = store.getCurrentVersion();
        capture();
    }

    /** The owner's one connection, for use by one at a time: closing it does nothing. */
    DataSource asOwner() {
        return new SingleConnectionDataSource(GatedConnection.of(owner, gate), true);
    }

    /** One process has the file: whoever held a lease is gone. */
    void releaseLeases() throws SQLException {
        try (Statement statement = GatedConnection.of(owner, gate).createStatement()) {
            statement.execute("UPDATE view_task SET task = NULL, owner = NULL, beat = NULL");
        }
    }

    /** Writes what has changed to the file, for the system to bring to disk: it survives the end of this process. */
    void capture() {
        alone(store::commit);
    }

    private void alone(Runnable writing) {
        gate.alone(() -> {
            if (store.getCurrentVersion() != version) {
                unasked.incrementAndGet();
                LOG.warn("H2 has stored the database by itself: until now, a crash could have left halves of transactions");
            }
            try {
                header.nameNewest();
                writing.run();
                header.nameWhatWentElsewhere();
            } finally {
                version = store.getCurrentVersion();
                store.registerUnsavedMemory(COUNTED_FROM - store.getUnsavedMemory());
            }
        });
    }

    /** Whether so much is unsaved that it should be captured now. */
    boolean isFull() {
        return store.getUnsavedMemory() - COUNTED_FROM > store.getAutoCommitMemory() / 4;
    }

    /** How often H2 has stored without being asked. */
    int unasked() {
        return unasked.get();
    }

    /** The number of captures, of whatever kind, since the file was made. */
    long version() {
        return store.getCurrentVersion();
    }

    boolean isClosed() {
        return store.isClosed();
    }

    /** Gives a small part of the room back that old pages take in the file. H2 did so in the background. */
    void tidy() {
        FileStore<?> file = store.getFileStore();
        if (file.getChunksFillRate() < SPARSE) {
            alone(() -> {
                if (store.compact(SPARSE, PORTION)) {
                    store.commit();
                }
            });
        }
        if (file instanceof RandomAccessStore random && file.getFillRate() < SPARSE) {
            alone(() -> random.compactMoveChunks(SPARSE, PORTION, store));
        }
    }

    @Override
    public void force() {
        try {
            capture();
            header.sync();
        } catch (MVStoreException e) {
            throw new DataAccessResourceFailureException("the database cannot be forced to disk", e);
        }
    }

    @Override
    public synchronized void to(Path zip) {
        force();
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            // While it reads, H2 appends to the file and overwrites nothing.
            store.getFileStore().backup(out);
        } catch (IOException | MVStoreException e) {
            throw new DataAccessResourceFailureException("the database cannot be copied to " + zip, e);
        }
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
