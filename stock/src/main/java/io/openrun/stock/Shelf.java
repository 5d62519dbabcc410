package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The units of a stock that lie out as rows to be taken, at most {@value #MOST_UNITS} at a time, so that a stock of
 * millions costs nothing before it is sold. The counter knows nothing of the rows and other strategies do not touch
 * them, so at any time there may be too many or too few: a row is leave to try, not a promise.
 */
final class Shelf {

    /** The most units of a stock that lie out; who wants more at once is served by the counter alone. */
    static final int MOST_UNITS = 1_000;

    /**
     * Nobody waits for a row that another transaction is about to take. The array is made once, so no more rows are
     * locked than are wanted. The newest rows go first: behind them in the index lie no more dead entries than a shelf
     * can hold, while before the oldest lie those of every unit ever sold.
     */
    private static final String TAKE = """
            DELETE FROM {schema}.stock_unit
            WHERE stock_id = ? AND number = ANY (ARRAY(
                SELECT number FROM {schema}.stock_unit WHERE stock_id = ?
                ORDER BY number DESC LIMIT ? FOR UPDATE SKIP LOCKED))
            """;

    private static final String LAY_OUT = """
            INSERT INTO {schema}.stock_unit (stock_id)
            SELECT ? FROM generate_series(1, ? - (SELECT count(*) FROM {schema}.stock_unit WHERE stock_id = ?))
            """;

    /** Rows that are being taken are skipped: who takes them waits for the lock this transaction has. */
    private static final String CLEAR = """
            DELETE FROM {schema}.stock_unit
            WHERE stock_id = ? AND number = ANY (ARRAY(
                SELECT number FROM {schema}.stock_unit WHERE stock_id = ? ORDER BY number
                LIMIT (SELECT greatest(0, count(*) - ?) FROM {schema}.stock_unit WHERE stock_id = ?)
                FOR UPDATE SKIP LOCKED))
            """;

    private final String take;
    private final String layOut;
    private final String clear;

    Shelf(StockSchema schema) {
        this.take = schema.sql(TAKE);
        this.layOut = schema.sql(LAY_OUT);
        this.clear = schema.sql(CLEAR);
    }

    /** Takes that many rows; false if so many did not lie there, and then some may be taken. */
    boolean take(Connection connection, StockId stock, int units) throws SQLException {
        if (units > MOST_UNITS) {
            return false;
        }
        try (PreparedStatement delete = connection.prepareStatement(take)) {
            delete.setObject(1, stock.value());
            delete.setObject(2, stock.value());
            delete.setInt(3, units);
            return delete.executeUpdate() == units;
        }
    }

    /**
     * Lays out units until the shelf is full or all that remain lie there, and clears away what is too much. Runs under
     * the stock row's lock.
     */
    void fit(Connection connection, StockRow row) throws SQLException {
        if (row.remaining() < MOST_UNITS) {
            clear(connection, row);
        }
        if (row.remaining() > 0) {
            layOut(connection, row);
        }
    }

    private void clear(Connection connection, StockRow row) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(clear)) {
            delete.setObject(1, row.id().value());
            delete.setObject(2, row.id().value());
            delete.setLong(3, row.remaining());
            delete.setObject(4, row.id().value());
            delete.executeUpdate();
        }
    }

    private void layOut(Connection connection, StockRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(layOut)) {
            insert.setObject(1, row.id().value());
            insert.setLong(2, Math.min(row.remaining(), MOST_UNITS));
            insert.setObject(3, row.id().value());
            insert.executeUpdate();
        }
    }
}
