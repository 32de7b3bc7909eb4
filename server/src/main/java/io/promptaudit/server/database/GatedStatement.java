package io.promptaudit.server.database;

import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A statement of a {@link GatedConnection}.
 *
 * @param sql what was prepared, or null
 */
record GatedStatement(GatedConnection connection, Statement statement, @Nullable String sql) implements InvocationHandler {

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("unwrap")) {
            throw new SQLFeatureNotSupportedException("what is behind the gate could write while the database is captured");
        }
        if (name.equals("getConnection")) {
            return connection.self();
        }
        if (name.startsWith("execute")) {
            boolean single = name.equals("execute") || name.equals("executeQuery");
            String given = sql(arguments);
            return single && connection.reads(given == null ? sql : given)
                    ? GatedConnection.call(statement, method, arguments)
                    : connection.execute(statement, method, arguments);
        }
        // H2 stores a large object at once when it becomes a parameter.
        return isLarge(arguments)
                ? connection.gated(statement, method, arguments)
                : GatedConnection.call(statement, method, arguments);
    }

    /** The statement among the arguments: the first, if it is text. */
    static @Nullable String sql(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : null;
    }

    private static boolean isLarge(Object @Nullable [] arguments) {
        return arguments != null && Arrays.stream(arguments).anyMatch(argument -> argument instanceof InputStream
                || argument instanceof Reader || argument instanceof Blob || argument instanceof Clob);
    }
}
