package io.openrun.drop.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * How far each stock's log was published, on the relay's own connection. The session's lock makes it the only relay;
 * when the session dies, another instance gets the lock.
 */
final class RelayPositions {

    private static final String LOCK = "drops.relay";

    private final Connection connection;

    RelayPositions(Connection connection) {
        this.connection = connection;
    }

    /** A stock whose log goes on beyond what was published. */
    record News(UUID stock, long sequence, long settlement, long lastSequence, long lastSettlement) {

        long lag() {
            return lastSequence - sequence + lastSettlement - settlement;
        }
    }

    boolean becomeTheOnlyOne() throws SQLException {
        return lockCall("SELECT pg_try_advisory_lock(hashtextextended(?, 0))");
    }

    void stepDown() throws SQLException {
        if (!connection.isClosed()) {
            lockCall("SELECT pg_advisory_unlock(hashtextextended(?, 0))");
            execute("RESET synchronous_commit");
        }
    }

    /** A position that a crash forgets only means that something is sent twice, so nobody waits for the disk. */
    void forgetWithoutHarm() throws SQLException {
        execute("SET synchronous_commit = off");
    }

    /** Stocks with news; the many without cost no more than this one reading of two small tables. */
    List<News> news() throws SQLException {
        try (var select = connection.prepareStatement("""
                SELECT s.id, coalesce(p.sequence, 0), coalesce(p.settlement, 0), s.last_sequence, s.last_settlement
                FROM drops.stock s LEFT JOIN drops.relay_position p ON p.stock_id = s.id
                WHERE s.last_sequence > coalesce(p.sequence, 0) OR s.last_settlement > coalesce(p.settlement, 0)
                """)) {
            try (var row = select.executeQuery()) {
                List<News> news = new ArrayList<>();
                while (row.next()) {
                    news.add(new News(
                            Objects.requireNonNull(row.getObject(1, UUID.class)),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5)));
                }
                return news;
            }
        }
    }

    /** Everything up to these numbers is with Kafka. Positions only go forward. */
    void advance(UUID stock, long sequence, long settlement) throws SQLException {
        try (var upsert = connection.prepareStatement("""
                INSERT INTO drops.relay_position AS p (stock_id, sequence, settlement) VALUES (?, ?, ?)
                ON CONFLICT (stock_id) DO UPDATE
                SET sequence = greatest(p.sequence, excluded.sequence),
                    settlement = greatest(p.settlement, excluded.settlement)
                """)) {
            upsert.setObject(1, stock);
            upsert.setLong(2, sequence);
            upsert.setLong(3, settlement);
            upsert.executeUpdate();
        }
    }

    private boolean lockCall(String sql) throws SQLException {
        try (var call = connection.prepareStatement(sql)) {
            call.setString(1, LOCK);
            try (var row = call.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
