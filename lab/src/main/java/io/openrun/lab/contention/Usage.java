package io.openrun.lab.contention;

import io.openrun.lab.contention.instance.Instruction;
import io.openrun.lab.contention.instance.Reply;
import io.openrun.lab.load.FamilyCpu;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What has been used up to a moment, by everybody; the difference of two is what a run used.
 *
 * @param instancesCpuNanos of each selling process
 * @param laboratoryCpuNanos of this process, from which buyers come over HTTP
 * @param databaseCpuNanos negative when the database's processes cannot be seen
 */
record Usage(
        double retries,
        double lockTimeouts,
        long commits,
        long deadlocks,
        long databaseRoundTrips,
        long redisRoundTrips,
        List<Long> instancesCpuNanos,
        long laboratoryCpuNanos,
        long databaseCpuNanos,
        double redisCpuSeconds) {

    /** What looking costs the database itself: the two statements of the look before. */
    private static final int OWN_COMMITS = 2;

    /** What looking costs Redis. */
    private static final int OWN_READS = 1;

    private static final String COUNTERS =
            "SELECT xact_commit, deadlocks FROM pg_stat_database WHERE datname = current_database()";

    /** Takes stock now; every instance makes the database count what its connections did. */
    static Usage now(LabEngines engines, Instances instances, int count)
            throws IOException, SQLException, InterruptedException {
        double retries = 0;
        double lockTimeouts = 0;
        long roundTrips = 0;
        List<Long> cpuNanos = new ArrayList<>();
        long ownTrips = 0;
        for (Reply reply : instances.ask(count, new Instruction.Count())) {
            Reply.Counted counted = (Reply.Counted) reply;
            retries += counted.retries();
            lockTimeouts += counted.lockTimeouts();
            roundTrips += counted.roundTrips();
            cpuNanos.add(counted.cpuNanos());
            ownTrips += counted.ownTrips();
        }
        RedisInfo redis = RedisInfo.of(engines.redisUrl());
        try (Connection connection = engines.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Instruction.Count.FLUSH);
            try (ResultSet row = statement.executeQuery(COUNTERS)) {
                row.next();
                return new Usage(
                        retries,
                        lockTimeouts,
                        row.getLong("xact_commit") - ownTrips,
                        row.getLong("deadlocks"),
                        roundTrips - ownTrips,
                        redis.reads(),
                        cpuNanos,
                        ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                                .getProcessCpuTime(),
                        engines.databasePid().isPresent()
                                ? FamilyCpu.nanos(engines.databasePid().getAsLong())
                                : -1,
                        redis.cpuSeconds());
            }
        }
    }

    /**
     * What was used since.
     *
     * @param looks transactions that only looked how far a sale is
     */
    Usage since(Usage before, long looks) {
        return new Usage(
                retries - before.retries,
                lockTimeouts - before.lockTimeouts,
                commits - before.commits - OWN_COMMITS - looks,
                deadlocks - before.deadlocks,
                databaseRoundTrips - before.databaseRoundTrips,
                redisRoundTrips - before.redisRoundTrips - OWN_READS,
                IntStream.range(0, instancesCpuNanos.size())
                        .mapToObj(i -> instancesCpuNanos.get(i) - before.instancesCpuNanos.get(i))
                        .toList(),
                laboratoryCpuNanos - before.laboratoryCpuNanos,
                databaseCpuNanos < 0 ? -1 : databaseCpuNanos - before.databaseCpuNanos,
                redisCpuSeconds - before.redisCpuSeconds);
    }
}
