package io.promptaudit.server.database;

/** Makes everything that is committed so far survive the loss of power. */
@FunctionalInterface
public interface Durability {
    /**
     * Returns once all commits that returned before this call are on disk.
     *
     * @throws org.springframework.dao.DataAccessException when that is not certain
     */
    void force();
}
