package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Sells to one who came alone, in one round trip: the counter's guard and the hold's constraints decide, and the
 * transaction begins and ends in the same message. It bets that the holder comes for the first time, and with a new
 * key; if not, a constraint objects and nothing has happened.
 *
 * <p>A server that stands still for longer than it is waited for, with the message before it, sells when it goes on,
 * after the buyer was told to try again. A repeated key then finds the hold; a hold without one ends unpaid.
 */
final class SingleSale {

    /**
     * As {@link ConditionalTake} takes units, and with the first of the holder's slots. A closing that came while the
     * statement waited for the row turns the quantity into one that the table does not accept.
     */
    private static final String SELL = "WITH taken AS (" + ConditionalTake.TAKE + """
            ), placed AS (
                INSERT INTO {schema}.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,
                                           holder_limit, status, idempotency_key)
                SELECT ?, id, ?, last_sequence + 1, now, now + hold_millis * interval '1 millisecond',
                       CASE WHEN closes_at <= now THEN 0 ELSE ? END, unit,
                       CASE WHEN per_holder_limit IS NOT NULL THEN unit END, per_holder_limit, 0,
                       CASE WHEN unit = 1 THEN ? END
                FROM taken
                CROSS JOIN generate_series(1, CASE WHEN per_holder_limit IS NULL THEN 1 ELSE ? END) AS unit)
            SELECT * FROM taken;
            COMMIT
            """;

    private final String sell;
    private final String find;

    /**
     * Sells.
     *
     * @param longestLock longest wait for the stock's row, ended by the server, so that it is known that nothing was
     *     sold; less than what the caller waits for the server
     */
    SingleSale(StockSchema schema, Duration longestLock) {
        this.sell = LedgerReads.KEEP_TO_INDEXES + "SET LOCAL lock_timeout = " + longestLock.toMillis() + ";"
                + schema.sql(SELL);
        this.find = schema.sql(StockColumns.HOLD_BY_ID);
    }

    /**
     * Sells and commits.
     *
     * @return the row as it was before; empty if the guard refused and nothing was sold
     * @throws CommitUnknownException if the sale may be durable or not
     * @throws SQLException if nothing was sold
     */
    Optional<StockRow> sell(Connection connection, Ask.ToHold ask) throws SQLException {
        HoldRequest request = ask.request;
        try (PreparedStatement statement = connection.prepareStatement(sell)) {
            ConditionalTake.bind(statement, request);
            statement.setObject(7, ask.id.value());
            statement.setObject(8, request.holder().value());
            statement.setInt(9, request.quantity());
            statement.setString(10, request.idempotencyKey());
            statement.setInt(11, request.quantity());
            boolean rows = statement.execute();
            while (!rows && statement.getUpdateCount() != -1) {
                rows = statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                return row != null && row.next() ? Optional.of(LedgerReads.stockRow(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            if (SqlFailure.isServersRefusal(e)) {
                throw e;
            }
            throw new CommitUnknownException(request.stock(), again -> decideIfSold(again, ask), e);
        }
    }

    private boolean decideIfSold(Connection connection, Ask.ToHold ask) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(find)) {
            select.setObject(1, ask.id.value());
            try (ResultSet row = select.executeQuery()) {
                boolean sold = row.next();
                if (sold) {
                    ask.decide(new HoldResult.Held(StockColumns.hold(row)));
                }
                return sold;
            }
        }
    }
}
