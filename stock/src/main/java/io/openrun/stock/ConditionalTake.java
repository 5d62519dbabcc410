package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Takes units off the counter by one guarded UPDATE. */
final class ConditionalTake {

    /**
     * The guard is evaluated on the row as it is when this transaction gets its lock. RETURNING reads the clock after
     * that too, so that numbers and times rise together; the window is looked at again there, because the guard's own
     * reading may be older than the wait for the lock.
     */
    static final String TAKE = """
            UPDATE {schema}.stock
            SET remaining = remaining - ?, held = held + ?, last_sequence = last_sequence + 1,
                first_expiry = coalesce(first_expiry, clock_timestamp() + hold_millis * interval '1 millisecond'),
                version = version + 1
            WHERE id = ? AND remaining >= ?
              AND (opens_at IS NULL OR opens_at <= clock_timestamp())
              AND (closes_at IS NULL OR closes_at > clock_timestamp())
            RETURNING id, remaining + ? AS remaining, held - ? AS held, confirmed, per_holder_limit, opens_at, closes_at,
                      hold_millis, last_sequence - 1 AS last_sequence, last_settlement, version - 1 AS version,
                      clock_timestamp() AS now
            """;

    private final String take;

    ConditionalTake(StockSchema schema) {
        this.take = schema.sql(TAKE);
    }

    /** The row as it was before, and locked from now on; empty if the guard refused and nothing was taken. */
    Optional<StockRow> take(Connection connection, HoldRequest request) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(take)) {
            bind(update, request);
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? Optional.of(LedgerReads.stockRow(row)) : Optional.empty();
            }
        }
    }

    /** Sets the parameters of {@link #TAKE}, the first six of a statement that begins with it. */
    static void bind(PreparedStatement statement, HoldRequest request) throws SQLException {
        statement.setInt(1, request.quantity());
        statement.setInt(2, request.quantity());
        statement.setObject(3, request.stock().value());
        statement.setInt(4, request.quantity());
        statement.setInt(5, request.quantity());
        statement.setInt(6, request.quantity());
    }
}
