package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Ends holds whose time has passed.
 *
 * <p>Within a stock, ends come in the order of the line: the clock is read under the row's lock and every hold lasts
 * equally long. So a sweep walks along the line from where the last one stopped, and reads every hold once in its life,
 * settled or not; no index on the end is needed. Should the database's clock be set back, a hold may be expired late,
 * never early.
 */
final class Expiry {

    private static final int MOST_STOCKS = 100;
    private static final int MOST_HOLDS_READ = 1_000;

    private static final String DUE = """
            SELECT id FROM {schema}.stock WHERE first_expiry <= clock_timestamp() ORDER BY first_expiry LIMIT ?
            """;

    private static final String LINE = """
            SELECT id, holder, quantity, expires_at, status, sequence FROM {schema}.hold
            WHERE stock_id = ? AND unit = 1 AND sequence > (SELECT swept FROM {schema}.stock WHERE id = ?)
            ORDER BY sequence LIMIT ?
            """;

    /** Runs under the row's lock. Holds up to swept are settled for good: nothing becomes HELD again. */
    private static final String SWEPT = """
            UPDATE {schema}.stock SET swept = greatest(swept, ?), first_expiry = ? WHERE id = ?
            """;

    private final StockDatabase database;
    private final LedgerReads reads;
    private final LedgerWrites writes;
    private final LedgerTransaction transactions;
    private final RefusalMemory memory;

    Expiry(LedgerParts parts) {
        this.database = parts.database();
        this.reads = parts.reads();
        this.writes = parts.writes();
        this.transactions = parts.transactions();
        this.memory = parts.memory();
    }

    /** The next holds of a stock's line, and whether the line goes on after them. */
    private record Line(List<OpenHold> holds, List<Long> sequences, boolean goesOn) {}

    int expireDue(int max) {
        int expired = 0;
        while (expired < max) {
            List<StockId> due = due();
            if (due.isEmpty()) {
                return expired;
            }
            for (StockId stock : due) {
                if (expired < max) {
                    expired += sweep(stock, max - expired);
                }
            }
        }
        return expired;
    }

    private List<StockId> due() {
        return database.list(
                "look for stocks with holds to expire",
                DUE,
                select -> select.setInt(1, MOST_STOCKS),
                row -> new StockId(StockColumns.uuid(row, "id")));
    }

    /** Another instance may have swept meanwhile; under the lock this one then finds nothing due. */
    private int sweep(StockId stock, int most) {
        try (Connection connection = transactions.open()) {
            Optional<StockRow> row = reads.lock(connection, stock);
            if (row.isEmpty()) {
                return 0;
            }
            return sweep(connection, row.get(), readLine(connection, stock), most);
        } catch (SQLException e) {
            throw new StockAccessException("could not expire holds of stock " + stock, e);
        }
    }

    private int sweep(Connection connection, StockRow row, Line line, int most) throws SQLException {
        Desk desk = new Desk(row, Loaded.nothing());
        long swept = 0;
        @Nullable Instant next = null;
        for (int i = 0; i < line.holds().size(); i++) {
            OpenHold hold = line.holds().get(i);
            next = hold.expiresAt;
            boolean due = !row.now().isBefore(hold.expiresAt) && desk.settled().size() < most;
            if (hold.status == HoldStatus.HELD && !due) {
                break;
            }
            desk.expire(hold);
            swept = line.sequences().get(i);
            next = line.goesOn() ? hold.expiresAt : null;
        }
        markSwept(connection, row.id(), swept, next);
        if (desk.changedSomething() && !writes.write(connection, desk)) {
            throw new IllegalStateException("stock " + row.id() + " changed while its row was locked");
        }
        connection.commit();
        if (desk.restocked()) {
            memory.wake(row.id());
        }
        return desk.settled().size();
    }

    private void markSwept(Connection connection, StockId stock, long swept, @Nullable Instant next)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(database.schema().sql(SWEPT))) {
            update.setLong(1, swept);
            update.setObject(2, StockColumns.column(next), Types.TIMESTAMP_WITH_TIMEZONE);
            update.setObject(3, stock.value());
            update.executeUpdate();
        }
    }

    private Line readLine(Connection connection, StockId stock) throws SQLException {
        List<OpenHold> holds = new ArrayList<>();
        List<Long> sequences = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(database.schema().sql(LINE))) {
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            select.setObject(1, stock.value());
            select.setObject(2, stock.value());
            select.setInt(3, MOST_HOLDS_READ);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    holds.add(LedgerReads.openHold(rows));
                    sequences.add(rows.getLong("sequence"));
                }
            }
        }
        return new Line(holds, sequences, holds.size() == MOST_HOLDS_READ);
    }
}
