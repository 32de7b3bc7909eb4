package io.promptaudit.server.guard;

import java.sql.SQLException;
import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tries what a database should refuse, as one of its users, and takes it back where it did not. */
final class Attempts {
    private final JdbcTemplate db;
    private final TransactionTemplate transaction;

    Attempts(DataSource db) {
        this.db = new JdbcTemplate(db);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(db));
    }

    /** Whether the statement is refused with this SQL state: by what should refuse it, and not by anything else. */
    boolean isRefused(String statement, String state) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            status.setRollbackOnly();
            try {
                // Not prepared: PostgreSQL would keep a plan that a rule, now gone, had made.
                db.update(statement);
                return false;
            } catch (TransientDataAccessException | NonTransientDataAccessResourceException e) {
                throw e;
            } catch (DataAccessException e) {
                return e.getRootCause() instanceof SQLException cause && state.equals(cause.getSQLState());
            }
        }));
    }

    boolean areRefused(Iterable<String> statements, String state) {
        boolean all = true;
        for (String statement : statements) {
            all &= isRefused(statement, state);
        }
        return all;
    }
}
