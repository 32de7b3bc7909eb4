package io.promptaudit.server.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A connection to H2 whose writes go through the gate, one statement at a time. What could write behind it, such as an updatable
 * result set, is not supported. As any connection, not for use by several threads at once.
 */
final class GatedConnection implements InvocationHandler {
    private static final Set<String> BEHIND_THE_GATE = Set.of("createBlob", "createClob", "createNClob", "createSQLXML",
            "unwrap");
    private static final Set<String> ENDS = Set.of("commit", "setAutoCommit", "setTransactionIsolation", "close", "abort");

    private final Connection connection;
    private final WriteGate gate;
    private final Connection self = proxy(Connection.class, this);
    /** Who began the open transaction, if it has written. */
    private @Nullable Thread writer;
    /** Whether the next commit may write; after a rollback too, because H2 then analyses tables that had changed before. */
    private boolean unsettled;

    private GatedConnection(Connection connection, WriteGate gate) {
        this.connection = connection;
        this.gate = gate;
    }

    static Connection of(Connection connection, WriteGate gate) {
        return new GatedConnection(connection, gate).self;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        String name = method.getName();
        if (BEHIND_THE_GATE.contains(name) || isUpdatable(method, arguments)) {
            throw new SQLFeatureNotSupportedException(name + " could write while the database is captured");
        }
        if (Statement.class.isAssignableFrom(method.getReturnType())) {
            var statement = (Statement) Objects.requireNonNull(call(connection, method, arguments));
            return proxy(method.getReturnType(), new GatedStatement(this, statement, GatedStatement.sql(arguments)));
        }
        if (ENDS.contains(name) || (name.equals("rollback") && arguments == null)) {
            return end(method, arguments);
        }
        boolean asks = name.startsWith("get") || name.startsWith("is") || method.getDeclaringClass() == Object.class;
        return asks ? call(connection, method, arguments) : gated(connection, method, arguments);
    }

    /** The connection that its statements name. */
    Connection self() {
        return self;
    }

    /** Whether a query can go on beside a capture. One that commits what a rollback left behind cannot. */
    boolean reads(@Nullable String sql) throws SQLException {
        return GatedDataSource.reads(sql) && !(unsettled && connection.getAutoCommit());
    }

    /** Calls what stores something and ends by itself. */
    @Nullable
    Object gated(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        gate.enter();
        try {
            return call(target, method, arguments);
        } finally {
            gate.leave();
        }
    }

    /** Executes a statement that writes, or may. */
    @Nullable
    Object execute(Statement statement, Method method, Object @Nullable [] arguments) throws Throwable {
        gate.enter();
        try {
            boolean inTransaction = !connection.getAutoCommit();
            if (inTransaction && writer == null) {
                writer = gate.begun();
            }
            unsettled = true;
            Object result = call(statement, method, arguments);
            unsettled = inTransaction;
            return result;
        } finally {
            gate.leave();
        }
    }

    /** A transaction that only read has nothing to write at its end, and waits for nobody. */
    private @Nullable Object end(Method method, Object @Nullable [] arguments) throws Throwable {
        if (!unsettled) {
            return call(connection, method, arguments);
        }
        gate.enter();
        try {
            Object result = call(connection, method, arguments);
            unsettled = !method.getName().equals("commit");
            return result;
        } finally {
            if (writer != null) {
                gate.ended(writer);
                writer = null;
            }
            gate.leave();
        }
    }

    private static boolean isUpdatable(Method method, Object @Nullable [] arguments) {
        return arguments != null && Statement.class.isAssignableFrom(method.getReturnType())
                && Arrays.asList(arguments).contains(ResultSet.CONCUR_UPDATABLE);
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(GatedConnection.class.getClassLoader(), new Class<?>[]{type}, handler);
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
