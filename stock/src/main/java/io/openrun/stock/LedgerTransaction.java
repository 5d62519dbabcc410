package io.openrun.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Decides asks about one stock in one transaction, and notes the decisions in the asks. */
final class LedgerTransaction {

    /** How others are kept from deciding about the same stock at the same time. */
    enum Guard {
        /** The stock's row is locked before anything is read. */
        LOCK,
        /** Nothing is locked; what was read must still be true when it is written. */
        FENCE
    }

    private final StockDatabase database;
    private final LedgerTables tables;
    private final RefusalMemory memory;
    private final int timeoutMillis;

    LedgerTransaction(StockDatabase database, LedgerTables tables, RefusalMemory memory, Duration timeout) {
        this.database = database;
        this.tables = tables;
        this.memory = memory;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** Decides under the row's lock. When this returns, the decisions are durable and may be answered. */
    void run(StockId stock, List<? extends Ask<?>> asks) throws SQLException {
        if (!run(stock, asks, Guard.LOCK)) {
            throw new IllegalStateException("stock " + stock + " changed while its row was locked");
        }
    }

    /**
     * As above.
     *
     * @return false if the fence was lost and nothing happened; never with {@link Guard#LOCK}
     * @throws CommitUnknownException if the decisions may be durable or not
     * @throws SQLException if nothing happened
     */
    boolean run(StockId stock, List<? extends Ask<?>> asks, Guard guard) throws SQLException {
        long generation = memory.generation();
        long start = System.nanoTime();
        try (Connection connection = open()) {
            Optional<StockRow> row =
                    guard == Guard.LOCK ? tables.lock(connection, stock) : tables.read(connection, stock);
            if (row.isEmpty()) {
                connection.rollback();
                asks.forEach(LedgerTransaction::unknown);
                return true;
            }
            Desk desk = new Desk(row.get(), tables.load(connection, row.get(), asks));
            asks.forEach(desk::decide);
            if (!desk.changedSomething()) {
                connection.rollback();
            } else if (tables.write(connection, desk)) {
                commit(connection, desk);
            } else {
                connection.rollback();
                return false;
            }
            if (desk.restocked()) {
                memory.wake(stock);
            }
            memory.learn(desk, generation, start);
            return true;
        }
    }

    /** A transaction that is not committed is rolled back by whoever closes the connection. */
    Connection open() throws SQLException {
        Connection connection = database.connect();
        try {
            connection.setNetworkTimeout(Runnable::run, timeoutMillis);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    void commit(Connection connection, Desk desk) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new CommitUnknownException(desk, e);
        }
    }

    private static void unknown(Ask<?> ask) {
        switch (ask) {
            case Ask.ToHold hold -> hold.decide(new HoldResult.UnknownStock());
            case Ask.ToSettle settle -> settle.decide(new Settlement.UnknownHold());
        }
    }
}
