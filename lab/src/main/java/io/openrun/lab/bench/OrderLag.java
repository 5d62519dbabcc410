package io.openrun.lab.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Watches orders being made out of holds, which yields to the sale and catches up after it.
 *
 * <p>The orders of a drop are made in the order of its holds, so the last hold that has an order tells how far they are;
 * it is found by halving, which costs the database a few dozen look-ups by key.
 *
 * @param earlier in each drop, holds from before that have no orders
 */
record OrderLag(String jdbcUrl, List<UUID> drops, long earlier) {

    private static final Duration CATCHES_UP_WITHIN = Duration.ofSeconds(60);
    private static final Duration GIVES_UP_AFTER = Duration.ofMinutes(3);
    private static final long POLL_MILLIS = 100;

    private static final String BEHIND = """
            WITH RECURSIVE halving AS (
                SELECT id, last_sequence AS last, least(?, last_sequence) AS made, last_sequence AS at_most
                FROM drops.stock WHERE id = ANY (?)
              UNION ALL
                SELECT id, last, CASE WHEN is_made THEN middle ELSE made END,
                       CASE WHEN is_made THEN at_most ELSE middle - 1 END
                FROM (SELECT h.*, middle, EXISTS (
                          SELECT FROM drops.hold JOIN orders.orders ON orders.id = hold.id
                          WHERE hold.stock_id = h.id AND hold.sequence = middle AND hold.unit = 1) AS is_made
                      FROM halving h, LATERAL (SELECT (h.made + h.at_most + 1) / 2 AS middle) m
                      WHERE h.made < h.at_most) half
            )
            SELECT coalesce(sum(last - made), 0) FROM halving WHERE made = at_most
            """;

    /** Waits until every sale has its order. */
    Caught awaitCaughtUp() throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            long began = System.nanoTime();
            long first = behind(connection);
            long left = first;
            while (left > 0 && System.nanoTime() - began < GIVES_UP_AFTER.toNanos()) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
                left = behind(connection);
            }
            return new Caught(first, Duration.ofNanos(System.nanoTime() - began), left == 0);
        }
    }

    private long behind(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEHIND)) {
            statement.setLong(1, earlier);
            statement.setArray(2, connection.createArrayOf("uuid", drops.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
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
            return up
                    ? lag + "caught up in %.1f s".formatted(took.toMillis() / 1e3)
                    : lag + "not caught up after %d s".formatted(took.toSeconds());
        }

        /** What is wrong with it, if anything is. */
        Optional<String> fault() {
            return up && took.compareTo(CATCHES_UP_WITHIN) <= 0
                    ? Optional.empty()
                    : Optional.of("%s; it may take %d s".formatted(sentence(), CATCHES_UP_WITHIN.toSeconds()));
        }
    }
}
