package io.openrun.stock;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A real data source that loses connections at the worst moment, and counts what goes through it. */
class FaultyDataSource implements DataSource, AutoCloseable {

    /** What happens at the next commits. */
    enum Fault {
        NONE,
        LOST_AFTER_COMMIT,
        LOST_BEFORE_COMMIT,
        LOST_AFTER_COMMIT_AND_AWAY
    }

    private final HikariDataSource real;
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;
    private volatile boolean away;

    /** On top of a pool, which it closes when it is closed. */
    FaultyDataSource(HikariDataSource real) {
        this.real = real;
    }

    @Override
    public void close() {
        real.close();
    }

    /** An instance of the engine that has only this to reach the database. */
    StockLedgers ledgers(LedgerSettings settings) {
        return new StockLedgers(this, Shops.SCHEMA, SharedEngines.redis().url(), settings, new SimpleMeterRegistry());
    }

    void next(Fault next) {
        this.fault = next;
        this.away = false;
    }

    int statements() {
        return statements.get();
    }

    /** How often a commit was asked for apart, and not at the end of a statement's message. */
    int commits() {
        return commits.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (away) {
            throw lost();
        }
        Connection connection = real.getConnection();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "prepareStatement" -> {
                    statements.incrementAndGet();
                    PreparedStatement statement = (PreparedStatement) invoke(connection, method, arguments);
                    return endsItsTransaction((String) arguments[0]) ? committing(connection, statement) : statement;
                }
                case "commit" -> {
                    commits.incrementAndGet();
                    return commit(connection, () -> invoke(connection, method, arguments));
                }
                default -> {
                    return invoke(connection, method, arguments);
                }
            }
        });
    }

    private static boolean endsItsTransaction(String sql) {
        return sql.strip().endsWith("COMMIT");
    }

    private PreparedStatement committing(Connection connection, PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (proxy, method, arguments) -> method.getName().startsWith("execute")
                        ? commit(connection, () -> invoke(statement, method, arguments))
                        : invoke(statement, method, arguments));
    }

    private @Nullable Object commit(Connection connection, Callable<@Nullable Object> commit) throws Exception {
        Fault now = fault;
        fault = Fault.NONE;
        if (now == Fault.LOST_BEFORE_COMMIT) {
            connection.rollback();
            throw lost();
        }
        Object committed = commit.call();
        if (now != Fault.NONE) {
            away = now == Fault.LOST_AFTER_COMMIT_AND_AWAY;
            throw lost();
        }
        return committed;
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(FaultyDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static SQLException lost() {
        return new SQLException("the connection was lost", "08006");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return new PrintWriter(Writer.nullWriter());
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
