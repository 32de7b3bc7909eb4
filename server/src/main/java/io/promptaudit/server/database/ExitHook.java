package io.promptaudit.server.database;

import java.lang.reflect.Method;

import org.h2.engine.Database;

/**
 * What H2 does at the end of the process: it stores every database that is open, also one with {@code DB_CLOSE_ON_EXIT=FALSE}. All
 * hooks of a process run at once, so it would do that while the server, which stops in another, still writes.
 */
final class ExitHook {
    private ExitHook() {}

    /**
     * Has H2 leave the database alone at the end of the process. There is no setting for it.
     *
     * @throws IllegalStateException when this is not the version of H2 that was looked at
     */
    static void forget(Database database) {
        try {
            Method unregister = Class.forName("org.h2.engine.OnExitDatabaseCloser").getDeclaredMethod("unregister",
                    Database.class);
            unregister.setAccessible(true);
            unregister.invoke(null, database);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of H2, which may store the database at the end of the process", e);
        }
    }
}
