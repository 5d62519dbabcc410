package io.openrun.lab.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Watches orders being made out of holds, which yields to the sale and catches up after it.
 *
 * <p>Counts inserted rows by the database's statistics, which cost nothing to read and are about a second behind.
 */
final class OrderLag {

    private static final Duration CATCHES_UP_WITHIN = Duration.ofSeconds(60);
    private static final Duration GIVES_UP_AFTER = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 250;

    private static final String INSERTED = """
            SELECT n_tup_ins FROM pg_stat_user_tables WHERE schemaname = 'orders' AND relname = 'orders'""";

    private final String jdbcUrl;
    private final long before;

    private OrderLag(String jdbcUrl) throws SQLException {
        this.jdbcUrl = jdbcUrl;
        this.before = inserted();
    }

    /** Begins before the first sale. */
    static OrderLag from(String jdbcUrl) throws SQLException {
        return new OrderLag(jdbcUrl);
    }

    /** Waits until there are as many orders as sales. */
    Caught awaitCaughtUp(long sales) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        long behind = Math.max(0, sales - (inserted() - before));
        while (inserted() - before < sales && System.nanoTime() - began < GIVES_UP_AFTER.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return new Caught(behind, took, inserted() - before >= sales);
    }

    private long inserted() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(INSERTED)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * How it went.
     *
     * @param behind orders still to be made when the sale ended
     * @param took from the end of the sale to the last order
     */
    record Caught(long behind, Duration took, boolean up) {

        String sentence() {
            String lag = "orders %,d behind at the end, ".formatted(behind);
            if (!up) {
                return lag + "NOT caught up after %d s".formatted(took.toSeconds());
            }
            return lag
                    + "caught up in %.1f s".formatted(took.toMillis() / 1e3)
                    + (took.compareTo(CATCHES_UP_WITHIN) <= 0 ? "" : ", LATER than the 60 s it may take");
        }
    }
}
