package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes what a batch of moderate size sold, and commits it, in one round trip instead of three: in a stampede, each of
 * them waits for a processor twice. Only for who has locked the stock: a message that the server has not begun keeps the
 * lock, and whoever looks for the outcome of a lost one waits for that.
 */
final class BatchSale {

    /** No hold without the change of its stock. */
    private static final String SELL = "WITH sold AS (" + LedgerWrites.UPDATE + "RETURNING id)\n" + HoldInsert.INSERT
            + "CROSS JOIN sold;\nCOMMIT\n";

    private final LedgerWrites writes;
    private final String sell;

    BatchSale(StockSchema schema, LedgerWrites writes) {
        this.writes = writes;
        this.sell = schema.sql(SELL);
    }

    /** Whether this can write what was decided: sales and nothing else, and not too many. */
    static boolean fits(Desk desk) {
        return !desk.placed().isEmpty() && desk.settled().isEmpty() && desk.placedRows() <= HoldInsert.MOST_ROWS;
    }

    /**
     * Writes and commits.
     *
     * @return false if the stock has changed since it was read; then nothing was written
     * @throws CommitUnknownException if the sales may be durable or not
     * @throws SQLException if nothing was sold
     */
    boolean sell(Connection connection, Desk desk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sell)) {
            LedgerWrites.bindUpdate(statement, desk);
            HoldInsert.bind(connection, statement, LedgerWrites.UPDATE_PARAMETERS + 1, desk);
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            if (SqlFailure.isServersRefusal(e)) {
                throw e;
            }
            throw writes.unknown(desk, e);
        }
    }
}
