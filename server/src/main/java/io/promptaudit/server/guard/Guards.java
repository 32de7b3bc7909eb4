package io.promptaudit.server.guard;

import java.util.List;

/** What a database does so that nobody changes or removes what is recorded: the server's own user, and the owner of the tables. */
@FunctionalInterface
public interface Guards {
    /**
     * Looks at every guard, and tries what it should refuse where that is safe. Nothing of it stays.
     *
     * @return what is missing, changed or switched off, in plain words; empty when nothing is
     * @throws org.springframework.dao.DataAccessException when the database cannot be asked
     * @throws org.springframework.transaction.TransactionException likewise
     */
    List<String> missing();
}
