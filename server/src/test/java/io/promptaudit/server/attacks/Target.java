package io.promptaudit.server.attacks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

import io.promptaudit.server.trail.TestServer;

/** A database that the attacker rules. */
interface Target extends AutoCloseable {

    /** The server on this database, with keys and checkpoints in the folder. */
    TestServer start(Path folder);

    /** A connection that no right and, from now on, no guard stops. */
    Connection asSuperuser() throws SQLException;

    /** Has a transaction of the server's that waits for somebody's lock fail; returns once one did, or is going to. */
    void endWhatWaits(Connection superuser) throws SQLException;

    /** Keeps a copy of the database, while no server uses it. */
    void dump() throws IOException, SQLException;

    /** Puts the copy back, while no server uses it. */
    void restore() throws IOException, SQLException;

    @Override
    void close() throws IOException;
}
