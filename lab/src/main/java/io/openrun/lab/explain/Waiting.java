package io.openrun.lab.explain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks whether a buyer waits for another one, in the database, in Redis or in the process, and for what. */
final class Waiting {

    private static final String LOCKS = """
            SELECT wait_event, pg_blocking_pids(pid) AS blockers FROM pg_stat_activity
            WHERE pid = ? AND state = 'active' AND wait_event_type = 'Lock'
            """;

    private final Stage stage;
    private final List<Lane> lanes;
    private final RedisWitness redis;

    Waiting(Stage stage, List<Lane> lanes, RedisWitness redis) {
        this.stage = stage;
        this.lanes = lanes;
        this.redis = redis;
    }

    /** Why the buyer of that lane gets no further, if somebody else is the reason. */
    Optional<String> reason(int buyer) {
        return inTheDatabase(lanes.get(buyer)).or(() -> inRedis(buyer)).or(() -> inTheProcess(buyer));
    }

    private Optional<String> inTheDatabase(Lane lane) {
        OptionalInt pid = lane.backend();
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        try (Connection connection = stage.own().getConnection();
                PreparedStatement select = connection.prepareStatement(LOCKS)) {
            select.setInt(1, pid.getAsInt());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Integer[] blockers = (Integer[]) row.getArray("blockers").getArray();
                return Optional.of("waits in the database (pg_stat_activity: Lock, " + row.getString("wait_event")
                        + ") for " + names(blockers));
            }
        } catch (SQLException e) {
            throw new ExplainException("The database does not say who waits: " + e.getMessage(), e);
        }
    }

    private String names(Integer[] blockers) {
        return lanes.stream()
                .filter(lane -> lane.backend().isPresent()
                        && Arrays.asList(blockers).contains(lane.backend().getAsInt()))
                .map(Lane::title)
                .findFirst()
                .orElse("another transaction");
    }

    /** Subscribed, told that somebody has the lock, and the lock is really there. */
    private Optional<String> inRedis(int buyer) {
        LockWatch locks = stage.redisLocks(buyer);
        boolean waits = locks.somebodyWaits() && locks.key().map(redis::exists).orElse(false) && locks.somebodyWaits();
        return waits ? Optional.of("waits for Redis to say that the lock is free") : Optional.empty();
    }

    private Optional<String> inTheProcess(int buyer) {
        return buyer > 0 && stage.waitsInTheProcess() > 0
                ? Optional.of("waits for the lock of the process (ReentrantLock)")
                : Optional.empty();
    }
}
