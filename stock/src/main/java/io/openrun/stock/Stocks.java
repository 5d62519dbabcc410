package io.openrun.stock;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Sets up stocks and changes their quantity and window.
 *
 * <p>Every method is one statement, so with a transaction-aware data source it takes part in its caller's
 * transaction. The data source commits by itself otherwise.
 *
 * <p>Every method throws {@link StockAccessException} when the database is away.
 */
public final class Stocks {

    private final StockDatabase database;

    /** The stocks in that schema. */
    public Stocks(DataSource dataSource, StockSchema schema) {
        this.database = new StockDatabase(dataSource, schema);
    }

    /** What became of a change of quantity. */
    public sealed interface Adjustment {
        /** Done; the stock as it is now. */
        record Adjusted(Stock stock) implements Adjustment {}

        /** Fewer units remain than were to be taken away. Nothing changed. */
        record WouldBeNegative(long remaining) implements Adjustment {}

        /** There is no such stock. */
        record UnknownStock() implements Adjustment {}
    }

    /** What became of a change of window, limit or hold time. */
    public sealed interface Replanning {
        /** Done; the stock as it is now. */
        record Replanned(Stock stock) implements Replanning {}

        /** It has opened, or something was held already. Nothing changed. */
        record AlreadyOpen(Stock stock) implements Replanning {}

        /** There is no such stock. */
        record UnknownStock() implements Replanning {}
    }

    /** Creates the stock; asked again with the same id, changes nothing. Returns it as it is in the database. */
    public Stock create(StockId id, StockPlan plan) {
        // A concurrent creation of the same id makes this insert wait and then do nothing: one row, the first plan.
        database.one(
                "create stock " + id,
                """
                INSERT INTO {schema}.stock (id, quantity, remaining, per_holder_limit, opens_at, closes_at, hold_millis)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                RETURNING id
                """,
                insert -> {
                    insert.setObject(1, id.value());
                    insert.setLong(2, plan.quantity());
                    insert.setLong(3, plan.quantity());
                    bindTerms(insert, 4, plan);
                },
                row -> id);
        return find(id).orElseThrow(() -> new IllegalStateException("stock " + id + " vanished"));
    }

    /** The stock as it is now. */
    public Optional<Stock> find(StockId id) {
        return database.one(
                "read stock " + id,
                "SELECT " + StockColumns.STOCK + " FROM {schema}.stock WHERE id = ?",
                select -> select.setObject(1, id.value()),
                StockColumns::stock);
    }

    /** Adds units, or takes away units nobody has. */
    public Adjustment adjust(StockId id, long delta) {
        if (Math.abs(delta) > StockPlan.MOST_UNITS || delta == Long.MIN_VALUE) {
            throw new IllegalArgumentException("delta must be within " + StockPlan.MOST_UNITS + ", was " + delta);
        }
        // The guard is evaluated on the row as locked for the update, so two adjustments cannot both take the last
        // units. Units added to a sold-out stock wake every instance that remembers it as sold out.
        Optional<Stock> adjusted = database.one(
                "adjust stock " + id,
                """
                WITH adjusted AS (
                    UPDATE {schema}.stock
                    SET quantity = quantity + ?, remaining = remaining + ?, version = version + 1
                    WHERE id = ? AND remaining + ? >= 0
                    RETURNING *),
                woken AS MATERIALIZED (
                    SELECT pg_notify(?, id::text) FROM adjusted WHERE remaining > 0 AND remaining <= ?)
                SELECT adjusted.*, (SELECT count(*) FROM woken) FROM adjusted
                """,
                update -> {
                    update.setLong(1, delta);
                    update.setLong(2, delta);
                    update.setObject(3, id.value());
                    update.setLong(4, delta);
                    update.setString(5, database.schema().channel());
                    update.setLong(6, delta);
                },
                StockColumns::stock);
        if (adjusted.isPresent()) {
            return new Adjustment.Adjusted(adjusted.get());
        }
        return find(id).<Adjustment>map(stock -> new Adjustment.WouldBeNegative(stock.remaining()))
                .orElseGet(Adjustment.UnknownStock::new);
    }

    /** Replaces window, limit and hold time of a stock that has not opened. The plan's quantity is not looked at. */
    public Replanning replan(StockId id, StockPlan plan) {
        // A hold that commits first raises last_sequence, and the guard is evaluated again on the changed row: terms
        // never change under a hold.
        Optional<Stock> replanned = database.one(
                "replan stock " + id,
                """
                WITH replanned AS (
                    UPDATE {schema}.stock
                    SET per_holder_limit = ?, opens_at = ?, closes_at = ?, hold_millis = ?, version = version + 1
                    WHERE id = ? AND last_sequence = 0 AND (opens_at IS NULL OR opens_at > clock_timestamp())
                    RETURNING *),
                woken AS MATERIALIZED (SELECT pg_notify(?, id::text) FROM replanned)
                SELECT replanned.*, (SELECT count(*) FROM woken) FROM replanned
                """,
                update -> {
                    bindTerms(update, 1, plan);
                    update.setObject(5, id.value());
                    update.setString(6, database.schema().channel());
                },
                StockColumns::stock);
        if (replanned.isPresent()) {
            return new Replanning.Replanned(replanned.get());
        }
        return find(id).<Replanning>map(Replanning.AlreadyOpen::new).orElseGet(Replanning.UnknownStock::new);
    }

    /** Ends the sale now, by the database's clock; a stock that closed earlier stays as it is. */
    public Optional<Stock> closeNow(StockId id) {
        return database.one(
                "close stock " + id,
                """
                WITH closed AS (
                    UPDATE {schema}.stock
                    SET closes_at = least(closes_at, clock_timestamp()), version = version + 1
                    WHERE id = ?
                    RETURNING *),
                woken AS MATERIALIZED (SELECT pg_notify(?, id::text) FROM closed)
                SELECT closed.*, (SELECT count(*) FROM woken) FROM closed
                """,
                update -> {
                    update.setObject(1, id.value());
                    update.setString(2, database.schema().channel());
                },
                StockColumns::stock);
    }

    /** Counts the holds and compares them with the stock's counters, all as of one moment. */
    public Optional<StockAudit> audit(StockId id) {
        return new StockAuditing(database).of(id);
    }

    private static void bindTerms(PreparedStatement statement, int from, StockPlan plan) throws SQLException {
        statement.setObject(from, plan.perHolderLimit(), Types.INTEGER);
        statement.setObject(from + 1, StockColumns.column(plan.opensAt()));
        statement.setObject(from + 2, StockColumns.column(plan.closesAt()));
        statement.setLong(from + 3, plan.holdFor().toMillis());
    }
}
