package io.openrun.stock;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the database, on a connection of its own, that a remembered refusal may have ended. PostgreSQL delivers a
 * notification only if its transaction commits, and only after that. While the connection is away, the time to live of
 * the memory bounds how long a wake-up can be missed.
 */
final class WakeListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WakeListener.class);
    private static final int LISTEN_MILLIS = 250;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);
    private static final Duration RECONNECT = Duration.ofMillis(500);

    private final StockDatabase database;
    private final RefusalMemory memory;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    WakeListener(StockDatabase database, RefusalMemory memory) {
        this.database = database;
        this.memory = memory;
        this.thread = Thread.ofVirtual().name("stock-wake-listener").start(this::run);
    }

    private void run() {
        while (!isClosing()) {
            try (Connection connection = database.connect()) {
                listen(connection);
            } catch (SQLException e) {
                if (!isClosing()) {
                    log.warn("not listening for restocked stocks until the database is back: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + database.schema().channel() + '"');
        }
        memory.wakeAll();
        PGConnection notifications = connection.unwrap(PGConnection.class);
        while (!isClosing()) {
            PGNotification[] heard = notifications.getNotifications(LISTEN_MILLIS);
            for (PGNotification one : heard == null ? new PGNotification[0] : heard) {
                memory.wake(new StockId(UUID.fromString(one.getParameter())));
            }
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            var _ = closing.await(RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
