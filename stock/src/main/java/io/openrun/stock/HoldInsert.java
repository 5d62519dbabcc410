package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the holds of a batch of moderate size by one prepared INSERT; those of a larger one are {@link HoldCopy copied}. */
final class HoldInsert {

    /** The most rows, units counted apart, that are written this way. */
    static final int MOST_ROWS = 128;

    static final String INSERT = """
            INSERT INTO {schema}.hold (id, stock_id, holder, sequence, held_at, expires_at, quantity, unit, slot,
                                       holder_limit, status, idempotency_key)
            SELECT placed.id, ?, holder, sequence, ?, ?, quantity, unit, slot, ?, 0, key
            FROM unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::text[])
                AS placed (id, holder, sequence, quantity, unit, slot, key)
            """;

    private final String insert;

    HoldInsert(StockSchema schema) {
        this.insert = schema.sql(INSERT);
    }

    void write(Connection connection, Desk desk) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            bind(connection, statement, 1, desk);
            statement.executeUpdate();
        }
    }

    /** Sets the parameters of {@link #INSERT}, which begin with this number. */
    static void bind(Connection connection, PreparedStatement statement, int first, Desk desk) throws SQLException {
        List<Desk.Placed> placed = desk.placed();
        int rows = desk.placedRows();
        Object[] ids = new Object[rows];
        Object[] holders = new Object[rows];
        Object[] sequences = new Object[rows];
        Object[] quantities = new Object[rows];
        Object[] units = new Object[rows];
        @Nullable Object[] slots = new Object[rows];
        @Nullable Object[] keys = new Object[rows];
        int row = 0;
        for (Desk.Placed one : placed) {
            for (int unit = 1; unit <= one.units(); unit++, row++) {
                ids[row] = one.hold.id().value();
                holders[row] = one.hold.holder().value();
                sequences[row] = one.hold.sequence();
                quantities[row] = one.hold.quantity();
                units[row] = unit;
                slots[row] = one.slots.length == 0 ? null : one.slots[unit - 1];
                keys[row] = unit == 1 ? one.key : null;
            }
        }
        Hold any = placed.getFirst().hold;
        statement.setObject(first, any.stock().value());
        statement.setObject(first + 1, StockColumns.column(any.heldAt()));
        statement.setObject(first + 2, StockColumns.column(any.expiresAt()));
        statement.setObject(first + 3, desk.row().limit(), Types.INTEGER);
        statement.setArray(first + 4, connection.createArrayOf("uuid", ids));
        statement.setArray(first + 5, connection.createArrayOf("uuid", holders));
        statement.setArray(first + 6, connection.createArrayOf("int8", sequences));
        statement.setArray(first + 7, connection.createArrayOf("int4", quantities));
        statement.setArray(first + 8, connection.createArrayOf("int4", units));
        statement.setArray(first + 9, connection.createArrayOf("int4", slots));
        statement.setArray(first + 10, connection.createArrayOf("text", keys));
    }
}
