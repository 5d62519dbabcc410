package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one hold, or a few, by a prepared INSERT in one round trip; below a handful this is cheaper than a COPY. */
final class HoldInsert {

    /** The most rows, units counted apart, that are written this way. */
    static final int MOST_ROWS = 4;

    private static final String INSERT = """
            INSERT INTO {schema}.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,
                                       holder_limit, status, idempotency_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final String insert;

    HoldInsert(StockSchema schema) {
        this.insert = schema.sql(INSERT);
    }

    void write(Connection connection, List<Desk.Placed> placed, @Nullable Integer limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            for (Desk.Placed one : placed) {
                for (int unit = 1; unit <= one.units(); unit++) {
                    bind(statement, one, unit, limit);
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, Desk.Placed placed, int unit, @Nullable Integer limit)
            throws SQLException {
        Hold hold = placed.hold;
        statement.setObject(1, hold.id().value());
        statement.setObject(2, hold.stock().value());
        statement.setObject(3, hold.holder().value());
        statement.setLong(4, hold.sequence());
        statement.setObject(5, StockColumns.column(hold.heldAt()));
        statement.setObject(6, StockColumns.column(hold.expiresAt()));
        statement.setInt(7, hold.quantity());
        statement.setInt(8, unit);
        statement.setObject(9, limit == null ? null : placed.slots[unit - 1], Types.INTEGER);
        statement.setObject(10, limit, Types.INTEGER);
        statement.setShort(11, StockColumns.code(hold.status()));
        statement.setString(12, unit == 1 ? placed.key : null);
    }
}
