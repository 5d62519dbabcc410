package io.openrun.lab.explain;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Listens on the connections of a real data source, and stops buyers at their gates. */
final class SqlTap {

    private final Script script;
    private final Supplier<Lane> lanes;

    /**
     * A tap.
     *
     * @param lanes asked for each connection that is taken: whose is it?
     */
    SqlTap(Script script, Supplier<Lane> lanes) {
        this.script = script;
        this.lanes = lanes;
    }

    /** The data source with the tap in it. */
    DataSource on(DataSource real) {
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object result = call(real, method, arguments);
            return result instanceof Connection connection ? tapped(connection) : result;
        });
    }

    private Connection tapped(Connection real) {
        SqlTalk talk = new SqlTalk(real, lanes.get(), script);
        return proxy(Connection.class, (self, method, arguments) -> switch (method.getName()) {
            case "prepareStatement", "createStatement" ->
                talk.statement(Objects.requireNonNull(call(real, method, arguments)), arguments);
            case "commit" -> talk.commit(() -> call(real, method, arguments));
            case "rollback" -> talk.rollback(() -> call(real, method, arguments));
            case "close" -> talk.close(() -> call(real, method, arguments));
            default -> call(real, method, arguments);
        });
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(SqlTap.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The real thing's answer, or its own exception. */
    static @Nullable Object call(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** What the database said no with, in one line. */
    static String refusal(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message + " (SQLSTATE " + e.getSQLState() + ")";
    }
}
