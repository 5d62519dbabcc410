package io.openrun.lab.explain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** What goes over one connection, written down as it is said. */
final class SqlTalk {

    /** The engine's ear for restocked stocks is no part of a purchase. */
    private static final String EAR = "LISTEN";

    private final Connection connection;
    private final Lane lane;
    private final Script script;
    private boolean inTransaction;
    private boolean changed;

    SqlTalk(Connection connection, Lane lane, Script script) {
        this.connection = connection;
        this.lane = lane;
        this.script = script;
    }

    /** Something that is done for real. */
    interface Doing {
        @Nullable
        Object now() throws Throwable;
    }

    Object statement(Object real, Object @Nullable [] arguments) {
        String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
        Map<Integer, String> parameters = new HashMap<>();
        int[] batched = {0};
        Class<? extends Statement> type = real instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return SqlTap.proxy(type, (self, method, values) -> {
            String name = method.getName();
            if (name.startsWith("set") && values != null && values.length >= 2 && values[0] instanceof Integer index) {
                parameters.put(
                        index, values[1] == null || name.equals("setNull") ? "NULL" : SqlText.literal(values[1]));
            } else if (name.equals("addBatch")) {
                batched[0]++;
            } else if (name.startsWith("execute")) {
                boolean given = values != null && values.length > 0 && values[0] instanceof String;
                String said = SqlText.of(given ? (String) values[0] : sql, parameters);
                return spoken(
                        batched[0] > 1 ? said + " … " + batched[0] + " rows" : said,
                        () -> SqlTap.call(real, method, values));
            } else if (name.equals("getResultSet")) {
                ResultSet rows = (ResultSet) SqlTap.call(real, method, values);
                return rows == null ? null : read(rows, script.answered(lane, "rows"));
            }
            return SqlTap.call(real, method, values);
        });
    }

    private @Nullable Object spoken(String sql, Doing doing) throws Throwable {
        if (sql.startsWith(EAR)) {
            return doing.now();
        }
        Moment moment = SqlText.moment(sql);
        lane.gate().pass(moment);
        lane.servedBy(connection.unwrap(PGConnection.class).getBackendPID());
        boolean begins = !inTransaction && !connection.getAutoCommit();
        inTransaction |= begins;
        changed |= moment == Moment.WRITE;
        script.sent(lane, begins ? "BEGIN; " + sql : sql);
        try {
            Object result = doing.now();
            if (sql.endsWith("; COMMIT")) {
                transactionEnded();
            }
            return switch (result) {
                case ResultSet rows -> read(rows, script.answered(lane, "rows"));
                case Integer count -> said(count, SqlText.rows(count));
                case int[] counts ->
                    said(counts, SqlText.rows(Arrays.stream(counts).sum()));
                case null, default -> result;
            };
        } catch (SQLException e) {
            script.answered(lane, SqlTap.refusal(e));
            throw e;
        }
    }

    private Object said(Object result, String text) {
        script.answered(lane, text);
        return result;
    }

    /** The first row says what there is to know; it is written down when it is read. */
    private ResultSet read(ResultSet real, Script.Event answer) {
        boolean[] looked = {false};
        return SqlTap.proxy(ResultSet.class, (self, method, values) -> {
            Object result = SqlTap.call(real, method, values);
            if (method.getName().equals("next") && !looked[0]) {
                looked[0] = true;
                script.complete(answer, Boolean.TRUE.equals(result) ? SqlText.row(real) : "no row");
            }
            return result;
        });
    }

    @Nullable
    Object commit(Doing doing) throws Throwable {
        if (!inTransaction) {
            return doing.now();
        }
        if (changed) {
            lane.gate().pass(Moment.COMMIT);
        }
        return ended("COMMIT", doing);
    }

    @Nullable
    Object rollback(Doing doing) throws Throwable {
        return inTransaction ? ended("ROLLBACK", doing) : doing.now();
    }

    /** The pool rolls back what nobody has ended. */
    @Nullable
    Object close(Doing doing) throws Throwable {
        return inTransaction ? ended("ROLLBACK", doing) : doing.now();
    }

    private void transactionEnded() {
        inTransaction = false;
        changed = false;
    }

    private @Nullable Object ended(String how, Doing doing) throws Throwable {
        script.sent(lane, how);
        transactionEnded();
        try {
            Object result = doing.now();
            script.answered(lane, "done");
            return result;
        } catch (SQLException e) {
            script.answered(lane, SqlTap.refusal(e));
            throw e;
        }
    }
}
