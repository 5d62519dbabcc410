package io.openrun.stock;

import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * What happened to a stock's holds, in order: the outbox of the engine.
 *
 * <p>Both counters are handed out under the stock row's lock, which is kept until the commit. So rows appear in the
 * order of their numbers, and a reader that asks for numbers beyond the last it saw cannot skip one.
 *
 * <p>Every method throws {@link StockAccessException} when the database is away.
 */
public final class HoldLog {

    private final StockDatabase database;

    /** The log in that schema. */
    public HoldLog(DataSource dataSource, StockSchema schema) {
        this.database = new StockDatabase(dataSource, schema);
    }

    /**
     * A change of a hold after it was taken.
     *
     * @param number its place among the stock's settlements, from 1, without gaps
     * @param status CONFIRMED, RELEASED or EXPIRED
     */
    public record SettledHold(StockId stock, long number, HoldId hold, HoldStatus status, Instant settledAt) {}

    /** Where a stock's log ends. */
    public record End(StockId stock, long lastSequence, long lastSettlement) {}

    /** Holds taken after the one with that sequence, in order, as they stand now. */
    public List<Hold> after(StockId stock, long sequence, int limit) {
        return database.list(
                "read the hold log of " + stock,
                "SELECT " + StockColumns.HOLD + " FROM {schema}.hold"
                        + " WHERE stock_id = ? AND unit = 1 AND sequence > ? ORDER BY sequence LIMIT ?",
                select -> {
                    select.setObject(1, stock.value());
                    select.setLong(2, sequence);
                    select.setInt(3, limit);
                },
                StockColumns::hold);
    }

    /** Settlements after the one with that number, in order. */
    public List<SettledHold> settlementsAfter(StockId stock, long number, int limit) {
        return database.list(
                "read the settlements of " + stock,
                """
                SELECT number, hold_id, status, settled_at FROM {schema}.settlement
                WHERE stock_id = ? AND number > ? ORDER BY number LIMIT ?
                """,
                select -> {
                    select.setObject(1, stock.value());
                    select.setLong(2, number);
                    select.setInt(3, limit);
                },
                row -> new SettledHold(
                        stock,
                        row.getLong("number"),
                        new HoldId(StockColumns.uuid(row, "hold_id")),
                        StockColumns.status(row.getInt("status")),
                        StockColumns.time(row, "settled_at")));
    }

    /** Where every stock's log ends, for a reader that looks for news in one statement. */
    public List<End> ends() {
        return database.list(
                "read the ends of the hold log",
                "SELECT id, last_sequence, last_settlement FROM {schema}.stock WHERE last_sequence > 0",
                select -> {},
                row -> new End(
                        new StockId(StockColumns.uuid(row, "id")),
                        row.getLong("last_sequence"),
                        row.getLong("last_settlement")));
    }
}
