package io.promptaudit.server.attacks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import io.promptaudit.server.trail.TestServer;

import static org.awaitility.Awaitility.await;

/** Who can write the file is its owner. */
final class H2Target implements Target {
    private final Path folder;

    H2Target(Path folder) {
        this.folder = folder;
    }

    @Override
    public TestServer start(Path data) {
        return new TestServer(folder);
    }

    @Override
    public Connection asSuperuser() throws SQLException {
        Connection owner = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("trail"), "OWNER", "");
        try (var statement = owner.createStatement()) {
            for (String table : List.of("domain_event", "event_position", "ledger_leaf", "ledger_node", "ledger_checkpoint")) {
                statement.execute("drop trigger if exists " + table + "_append_only");
            }
        }
        return owner;
    }

    /** H2 waits for a lock no longer than a while. */
    @Override
    public void endWhatWaits(Connection superuser) {}

    private Path file() {
        return folder.resolve("trail.mv.db");
    }

    @Override
    public void dump() throws IOException {
        Files.copy(file(), folder.resolve("dump"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void restore() throws IOException {
        await().until(this::isClosed);
        Files.copy(folder.resolve("dump"), file(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** While anything in this process uses the database, H2 goes on with what it holds, whatever lies in the file. */
    private boolean isClosed() throws IOException {
        try (var channel = FileChannel.open(file(), StandardOpenOption.WRITE); var lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException open) {
            return false;
        }
    }

    @Override
    public void close() {}
}
