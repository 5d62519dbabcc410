package io.openrun.stock;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Somebody who sits on a stock's row, so that requests pile up behind until it is let go. */
final class LockedStock implements AutoCloseable {

    private static final String WAITERS =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private final StockId stock;
    private final Connection connection;
    private final Connection onlooker;

    LockedStock(String url, StockId stock) throws SQLException {
        this.stock = stock;
        connection = DriverManager.getConnection(url);
        onlooker = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        connection.createStatement().execute("SELECT 1 FROM drops.stock WHERE id = '" + stock + "' FOR UPDATE");
    }

    /** Waits until a transaction stands before the lock. */
    void awaitWaiter() {
        await().until(() -> !waiters().isEmpty());
    }

    /** Ends the connections that stand before the lock, as an administrator would. */
    void terminateWaiters() throws SQLException {
        for (int pid : waiters()) {
            onlooker.createStatement().execute("SELECT pg_terminate_backend(" + pid + ")");
        }
    }

    /** Changes the stock's row, as another sale would: {@code UPDATE drops.stock SET …}. */
    void run(String update) throws SQLException {
        connection.createStatement().execute(update + " WHERE id = '" + stock + "'");
    }

    /** Lets the row go, with its changes. */
    void letGo() throws SQLException {
        connection.commit();
    }

    private List<Integer> waiters() throws SQLException {
        var pids = new ArrayList<Integer>();
        try (var rows = onlooker.createStatement().executeQuery(WAITERS)) {
            while (rows.next()) {
                pids.add(rows.getInt(1));
            }
        }
        return pids;
    }

    @Override
    public void close() throws SQLException {
        if (connection.isClosed()) {
            return;
        }
        connection.rollback();
        connection.close();
        onlooker.close();
    }
}
