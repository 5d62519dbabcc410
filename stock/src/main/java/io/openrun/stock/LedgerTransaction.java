package io.openrun.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides asks about one stock in one transaction, and notes the decisions in the asks. */
final class LedgerTransaction {

    /** How others are kept from deciding about the same stock at the same time. */
    private enum Guard {
        /** The stock's row is locked before anything is read. */
        LOCK,
        /** Nothing is locked; what was read must still be true when it is written. */
        FENCE
    }

    /** Something that is written with the decisions, under the same lock. */
    interface Addition {
        /** Writes it, knowing how the stock's row now stands. */
        void write(Connection connection, StockRow after) throws SQLException;
    }

    private final StockDatabase database;
    private final LedgerReads reads;
    private final LedgerWrites writes;
    private final SingleSale single;
    private final BatchSale batch;
    private final RefusalMemory memory;
    private final int timeoutMillis;

    LedgerTransaction(
            StockDatabase database,
            LedgerReads reads,
            LedgerWrites writes,
            SingleSale single,
            BatchSale batch,
            RefusalMemory memory,
            Duration timeout) {
        this.database = database;
        this.reads = reads;
        this.writes = writes;
        this.single = single;
        this.batch = batch;
        this.memory = memory;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** Decides under the row's lock. When this returns, the decisions are durable and may be answered. */
    void run(StockId stock, List<? extends Ask<?>> asks) throws SQLException {
        run(stock, asks, true);
    }

    /**
     * As above.
     *
     * @param readFirst whether to read what holders have and which keys were used before deciding; otherwise a
     *     constraint may object to what was decided, and the asks have to be decided again with reading first
     */
    void run(StockId stock, List<? extends Ask<?>> asks, boolean readFirst) throws SQLException {
        boolean sold = !readFirst && asks.size() == 1 && asks.getFirst() instanceof Ask.ToHold alone && sold(alone);
        if (!sold) {
            runLocked(stock, asks, readFirst, null);
        }
    }

    /** As above, with something more to write in the same transaction, whatever was decided. */
    void run(StockId stock, List<? extends Ask<?>> asks, Addition addition) throws SQLException {
        runLocked(stock, asks, true, addition);
    }

    /** Whether it was sold in one round trip. If not, why is known only under the lock. */
    private boolean sold(Ask.ToHold ask) throws SQLException {
        long generation = memory.generation();
        long start = System.nanoTime();
        try (Connection connection = open()) {
            Optional<StockRow> row = single.sell(connection, ask);
            // It has ended already: this is for the pool to know, and sends nothing.
            connection.setAutoCommit(true);
            if (row.isEmpty()) {
                return false;
            }
            // What the statement decided, once more: it tells what to answer and to remember.
            Desk desk = new Desk(row.get(), Loaded.nothing());
            desk.decide(ask);
            learn(desk, List.of(ask), generation, start);
            return true;
        }
    }

    private void learn(Desk desk, List<? extends Ask<?>> asks, long generation, long start) {
        memory.learn(desk, generation, start);
        if (desk.after().remaining() == 0) {
            asks.forEach(Ask::noteNothingLeft);
        }
    }

    private void runLocked(StockId stock, List<? extends Ask<?>> asks, boolean readFirst, @Nullable Addition addition)
            throws SQLException {
        if (!run(stock, asks, Guard.LOCK, readFirst, addition)) {
            throw new IllegalStateException("stock " + stock + " changed while its row was locked");
        }
    }

    /**
     * Decides without a lock.
     *
     * @return false if the fence was lost and nothing happened
     */
    boolean runFenced(StockId stock, List<? extends Ask<?>> asks) throws SQLException {
        return run(stock, asks, Guard.FENCE, true, null);
    }

    /**
     * Decides.
     *
     * @throws CommitUnknownException if the decisions may be durable or not
     * @throws SQLException if nothing happened
     */
    private boolean run(
            StockId stock, List<? extends Ask<?>> asks, Guard guard, boolean readFirst, @Nullable Addition addition)
            throws SQLException {
        long generation = memory.generation();
        long start = System.nanoTime();
        try (Connection connection = open()) {
            Optional<StockRow> row =
                    guard == Guard.LOCK ? reads.lock(connection, stock) : reads.read(connection, stock);
            if (row.isEmpty()) {
                connection.rollback();
                asks.forEach(LedgerTransaction::unknown);
                return true;
            }
            Desk desk = decide(connection, row.get(), asks, readFirst);
            if (!finish(connection, desk, guard, addition)) {
                return false;
            }
            if (desk.restocked()) {
                memory.wake(stock);
            }
            learn(desk, asks, generation, start);
            return true;
        }
    }

    /** Writes what was decided and ends the transaction; false if the fence was lost, and then nothing happened. */
    private boolean finish(Connection connection, Desk desk, Guard guard, @Nullable Addition addition)
            throws SQLException {
        if (guard == Guard.LOCK && addition == null && BatchSale.fits(desk)) {
            boolean sold = batch.sell(connection, desk);
            connection.setAutoCommit(true);
            return sold;
        }
        if (desk.changedSomething() && !writes.write(connection, desk)) {
            connection.rollback();
            return false;
        }
        if (addition != null) {
            addition.write(connection, desk.after());
        }
        if (desk.changedSomething()) {
            commit(connection, desk);
        } else if (addition != null) {
            connection.commit();
        } else {
            // Not a commit: that would wait for the disk, because a row lock leaves a trace in the log.
            connection.rollback();
        }
        return true;
    }

    /** Decides and writes as {@link #run(StockId, List)} does, in a transaction that the caller never commits. */
    void rehearse(Connection connection, StockId stock, List<? extends Ask<?>> asks, boolean readFirst)
            throws SQLException {
        Desk desk = decide(connection, reads.lock(connection, stock).orElseThrow(), asks, readFirst);
        writes.write(connection, desk);
    }

    /** Sells nothing, of a stock that there is not, as {@link #run(StockId, List, boolean)} sells to one alone. */
    void rehearseSingle(Connection connection, Ask.ToHold ask) throws SQLException {
        if (single.sell(connection, ask).isPresent()) {
            throw new IllegalStateException("a rehearsal sold units of stock " + ask.request.stock());
        }
    }

    /** Sells nothing, of a stock that there is not, as {@link #run(StockId, List)} sells to a batch. */
    void rehearseBatch(Connection connection, StockRow none, List<? extends Ask<?>> asks) throws SQLException {
        Desk desk = new Desk(none, Loaded.nothing());
        asks.forEach(desk::decide);
        if (batch.sell(connection, desk)) {
            throw new IllegalStateException("a rehearsal sold units of stock " + none.id());
        }
    }

    private Desk decide(Connection connection, StockRow row, List<? extends Ask<?>> asks, boolean readFirst)
            throws SQLException {
        Desk desk = new Desk(row, reads.load(connection, row, asks, readFirst));
        asks.forEach(desk::decide);
        if (!readFirst && desk.refusedUnread()) {
            return decide(connection, row, asks, true);
        }
        return desk;
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
            throw writes.unknown(desk, e);
        }
    }

    private static void unknown(Ask<?> ask) {
        switch (ask) {
            case Ask.ToHold hold -> hold.decide(new HoldResult.UnknownStock());
            case Ask.ToSettle settle -> settle.decide(new Settlement.UnknownHold());
        }
    }
}
