package io.promptaudit.server.database;

import java.nio.file.Path;

/** Copies the embedded database while it is in use. */
@FunctionalInterface
public interface OnlineCopy {
    /**
     * Writes a zip with the database as it was at one moment during the call.
     *
     * @throws org.springframework.dao.DataAccessException when it cannot be written
     */
    void to(Path zip);
}
