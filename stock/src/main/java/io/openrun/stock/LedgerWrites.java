package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a transaction that decides writes. The number of statements does not depend on how many asks are decided. */
final class LedgerWrites {

    /**
     * The version is the fence: every change of a stock or its holds raises it, so if it still is what was read, so is
     * all that was read after it. Under the row's lock this always holds; without, no row counts as "decide again".
     */
    static final String UPDATE = """
            UPDATE {schema}.stock
            SET remaining = ?, held = ?, confirmed = ?, last_sequence = ?, last_settlement = ?,
                first_expiry = coalesce(first_expiry, ?), version = version + 1
            WHERE id = ? AND version = ?
            """;

    /** How many parameters {@link #UPDATE} has. */
    static final int UPDATE_PARAMETERS = 8;

    /** A unit that goes back gives up its slot in the same statement; the table's constraint insists on it. */
    private static final String SETTLE = """
            UPDATE {schema}.hold SET status = ?, slot = CASE WHEN ? THEN slot END WHERE id = ANY (?)
            """;

    private static final String LOG_SETTLEMENTS = """
            INSERT INTO {schema}.settlement (stock_id, number, hold_id, status, settled_at)
            SELECT ?, number, hold_id, status, ?
            FROM unnest(?::bigint[], ?::uuid[], ?::smallint[]) AS settled (number, hold_id, status)
            """;

    /** A batch commits as a whole, so one of its rows speaks for all of them. */
    private static final String HOLD_EXISTS = "SELECT EXISTS (SELECT 1 FROM {schema}.hold WHERE id = ? AND unit = 1)";

    private static final String SETTLEMENT_EXISTS = """
            SELECT EXISTS (SELECT 1 FROM {schema}.settlement WHERE stock_id = ? AND number = ? AND hold_id = ?)
            """;

    private final StockSchema schema;
    private final HoldCopy holdCopy;
    private final HoldInsert holdInsert;
    private final String update;
    private final String settle;
    private final String logSettlements;

    LedgerWrites(StockSchema schema) {
        this.schema = schema;
        this.holdCopy = new HoldCopy(schema);
        this.holdInsert = new HoldInsert(schema);
        this.update = schema.sql(UPDATE);
        this.settle = schema.sql(SETTLE);
        this.logSettlements = schema.sql(LOG_SETTLEMENTS);
    }

    /**
     * Writes what was decided. The stock's row comes first, so that without a lock nothing is written that could not
     * pass the fence.
     *
     * @return false if the stock has changed since it was read; then nothing was written
     */
    boolean write(Connection connection, Desk desk) throws SQLException {
        if (!updateStock(connection, desk)) {
            return false;
        }
        if (!desk.settled().isEmpty()) {
            settleHolds(connection, desk.holdsByFinalStatus());
            logSettlements(connection, desk);
        }
        if (!desk.placed().isEmpty()) {
            writeHolds(connection, desk);
        }
        if (desk.restocked()) {
            wakeAll(connection, desk.row().id());
        }
        return true;
    }

    /** Writes only the new holds, for a transaction that has changed the stock's row already. */
    void writeHolds(Connection connection, Desk desk) throws SQLException {
        if (desk.placedRows() <= HoldInsert.MOST_ROWS) {
            holdInsert.write(connection, desk);
        } else {
            holdCopy.write(connection, desk.placed(), desk.row().limit());
        }
    }

    /** The commit of what was decided may have happened or not; what it would have left can be looked for. */
    CommitUnknownException unknown(Desk desk, SQLException lost) {
        return new CommitUnknownException(desk.row().id(), again -> isWritten(again, desk), lost);
    }

    /** Whether what was decided is in the database, asked under the stock's lock. */
    private boolean isWritten(Connection connection, Desk desk) throws SQLException {
        return desk.placed().isEmpty() ? isSettled(connection, desk) : isPlaced(connection, desk);
    }

    private boolean isPlaced(Connection connection, Desk desk) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(schema.sql(HOLD_EXISTS))) {
            select.setObject(1, desk.placed().getLast().hold.id().value());
            return isTrue(select);
        }
    }

    private boolean isSettled(Connection connection, Desk desk) throws SQLException {
        Desk.Settled last = desk.settled().getLast();
        try (PreparedStatement select = connection.prepareStatement(schema.sql(SETTLEMENT_EXISTS))) {
            select.setObject(1, desk.row().id().value());
            select.setLong(2, last.number());
            select.setObject(3, last.hold());
            return isTrue(select);
        }
    }

    private static boolean isTrue(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    private boolean updateStock(Connection connection, Desk desk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(update)) {
            bindUpdate(statement, desk);
            return statement.executeUpdate() == 1;
        }
    }

    /** Sets the parameters of {@link #UPDATE}, the first of a statement that begins with it. */
    static void bindUpdate(PreparedStatement statement, Desk desk) throws SQLException {
        StockRow after = desk.after();
        statement.setLong(1, after.remaining());
        statement.setLong(2, after.held());
        statement.setLong(3, after.confirmed());
        statement.setLong(4, after.lastSequence());
        statement.setLong(5, after.lastSettlement());
        statement.setObject(6, firstExpiry(desk), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(7, after.id().value());
        statement.setLong(UPDATE_PARAMETERS, desk.row().version());
    }

    private static @Nullable OffsetDateTime firstExpiry(Desk desk) {
        return desk.placed().isEmpty()
                ? null
                : StockColumns.column(desk.placed().getFirst().hold.expiresAt());
    }

    private void settleHolds(Connection connection, Map<HoldStatus, List<UUID>> settled) throws SQLException {
        for (Map.Entry<HoldStatus, List<UUID>> holds : settled.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(settle)) {
                statement.setShort(1, StockColumns.code(holds.getKey()));
                statement.setBoolean(2, holds.getKey() == HoldStatus.CONFIRMED);
                statement.setArray(
                        3, connection.createArrayOf("uuid", holds.getValue().toArray()));
                statement.executeUpdate();
            }
        }
    }

    private void logSettlements(Connection connection, Desk desk) throws SQLException {
        List<Desk.Settled> settled = desk.settled();
        try (PreparedStatement statement = connection.prepareStatement(logSettlements)) {
            statement.setObject(1, desk.row().id().value());
            statement.setObject(2, StockColumns.column(desk.row().now()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", settled.stream().map(Desk.Settled::number).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "uuid", settled.stream().map(Desk.Settled::hold).toArray()));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "int2",
                            settled.stream()
                                    .map(change -> StockColumns.code(change.status()))
                                    .toArray()));
            statement.executeUpdate();
        }
    }

    /** Takes part in the transaction: instances are told when, and only when, the units are there to be taken. */
    void wakeAll(Connection connection, StockId stock) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            notify.setString(1, schema.channel());
            notify.setString(2, stock.toString());
            notify.execute();
        }
    }
}
