package io.openrun.stock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Sales that are never committed, so that the first real ones meet code, connections and plans that have been used.
 * Nobody else ever sees their stock, and nothing is left of it.
 */
final class Rehearsal {

    private static final int UNITS = 1_000_000;

    private static final String STOCK = """
            INSERT INTO {schema}.stock (id, quantity, remaining, per_holder_limit, hold_millis)
            VALUES (?, ?, ?, 1, 60000)
            """;

    /** From a batch of one to the batches of a stampede. */
    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8, 16, 32, 64, 2 * HoldInsert.MOST_ROWS);

    /** Few, because they are taken all at once, and a pool may be small. */
    private static final int CONNECTIONS = 2;

    private final LedgerTransaction transactions;
    private final String insertStock;

    Rehearsal(LedgerTransaction transactions, StockSchema schema) {
        this.transactions = transactions;
        this.insertStock = schema.sql(STOCK);
    }

    /** Goes through all sizes of batches so many times, on each of a few connections: a sale may get any of them. */
    void run(int times) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(transactions.open());
            }
            for (Connection connection : connections) {
                run(connection, times);
            }
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private void run(Connection connection, int times) throws SQLException {
        StockId none = new StockId(UUID.randomUUID());
        StockRow row = new StockRow(none, UNITS, 0, 0, 1, null, null, 60_000, 0, 0, 0, Instant.now());
        for (int time = 0; time < times; time++) {
            for (int size : BATCHES) {
                transactions.rehearseSingle(connection, asks(none, 1).getFirst());
                transactions.rehearseBatch(connection, row, asks(none, Math.min(size, HoldInsert.MOST_ROWS)));
            }
        }
        StockId stock = new StockId(UUID.randomUUID());
        try (PreparedStatement insert = connection.prepareStatement(insertStock)) {
            insert.setObject(1, stock.value());
            insert.setInt(2, UNITS);
            insert.setInt(3, UNITS);
            insert.executeUpdate();
        }
        for (int time = 0; time < times; time++) {
            for (int size : BATCHES) {
                transactions.rehearse(connection, stock, asks(stock, size), time % 2 == 0);
            }
        }
        connection.rollback();
    }

    private static List<Ask.ToHold> asks(StockId stock, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Ask.ToHold(
                        new HoldRequest(stock, new HolderId(UUID.randomUUID()), 1, i % 2 == 0 ? null : "rehearsal")))
                .toList();
    }
}
