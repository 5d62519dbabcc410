package io.openrun.lab.contention.instance;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.openrun.lab.contention.Contestant;
import io.openrun.stock.StockSchema;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what the instance is told. For one thread. */
final class InstanceDesk implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InstanceDesk.class);

    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(20);
    private static final int SWEEPS_MAX = 1_000;

    private final HikariDataSource pool;
    private final String redisUrl;
    private @Nullable OpenShop shop;
    private @Nullable PurchaseServer server;
    private @Nullable Till served;
    private @Nullable Sweeper sweeper;
    private long ownTrips;

    InstanceDesk(Instruction.Join join) {
        this.redisUrl = join.redisUrl();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(join.databaseUrl());
        config.setMaximumPoolSize(join.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
        config.addDataSourceProperty("socketFactory", RoundTrips.class.getName());
        this.pool = new HikariDataSource(config);
    }

    Reply follow(Instruction instruction) throws SQLException {
        return switch (instruction) {
            case Instruction.Join ignored -> throw new IllegalStateException("joined already");
            case Instruction.Open open -> open(open);
            case Instruction.Work work -> new Reply.Worked(work(work.task()));
            case Instruction.Serve serve -> serve(serve.task());
            case Instruction.Sweep ignored -> new Reply.Swept(sweep());
            case Instruction.Count ignored -> count();
            case Instruction.Close ignored -> closeShop();
        };
    }

    private Reply open(Instruction.Open open) {
        closeShop();
        shop = new OpenShop(Contestant.named(open.strategy()), pool, new StockSchema(open.schema()), redisUrl);
        return new Reply.Done();
    }

    private Share work(Task task) {
        OpenShop open = shop();
        try (Till till = open.till(task)) {
            if (!task.workload().holdsRunOut()) {
                return new ClosedLoop(new NumberedDoor(till), task, awaitStart(task.startsAtMillis())).run();
            }
            try (Sweeper ignored = new Sweeper(till);
                    SaleWatch watch = open.watch(task.stocks().getFirst())) {
                ClosedLoop loop =
                        new ClosedLoop(new NumberedDoor(till), task, awaitStart(task.startsAtMillis()), watch::isOver);
                Share share = loop.run();
                ownTrips += watch.looks();
                return share;
            }
        }
    }

    /** The start on this process's own clock. */
    private static long awaitStart(long startsAtMillis) {
        long wait = TimeUnit.MILLISECONDS.toNanos(startsAtMillis - System.currentTimeMillis());
        long start = System.nanoTime() + wait;
        while (System.nanoTime() - start < 0) {
            LockSupport.parkNanos(start - System.nanoTime());
        }
        return start;
    }

    private Reply serve(Task task) {
        if (server == null) {
            server = new PurchaseServer();
        }
        stopServing();
        Till till = shop().till(task);
        served = till;
        if (task.workload().holdsRunOut()) {
            sweeper = new Sweeper(till);
        }
        server.serve(till, task.buyers());
        return new Reply.Serving(server.port());
    }

    private int sweep() {
        int swept = 0;
        Task nothing = Task.none();
        try (Till till = shop().till(nothing)) {
            for (int i = 0; i < SWEEPS_MAX; i++) {
                int some = till.sweep();
                if (some == 0) {
                    return swept;
                }
                swept += some;
            }
        } catch (RuntimeException e) {
            // Who counts wrong cannot always be swept; the audit finds what is left.
            log.warn("the last sweep was not finished", e);
        }
        return swept;
    }

    private Reply count() throws SQLException {
        flushStatistics();
        OpenShop open = shop();
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Reply.Counted(
                open.retries(), open.lockTimeouts(), RoundTrips.count(), machine.getProcessCpuTime(), ownTrips);
    }

    /**
     * A connection tells the others what it did only now and then; each idle one is asked to do it now. What that costs,
     * the pool's question whether a connection is alive included, is not the sale's.
     */
    private void flushStatistics() throws SQLException {
        long before = RoundTrips.count();
        List<Connection> idle = new ArrayList<>();
        try {
            while (pool.getHikariPoolMXBean().getIdleConnections() > 0) {
                Connection connection = pool.getConnection();
                idle.add(connection);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(Instruction.Count.FLUSH);
                }
            }
        } finally {
            for (Connection connection : idle) {
                connection.close();
            }
            ownTrips += RoundTrips.count() - before;
        }
    }

    private Reply closeShop() {
        stopServing();
        if (shop != null) {
            shop.close();
            shop = null;
        }
        return new Reply.Done();
    }

    private void stopServing() {
        if (sweeper != null) {
            sweeper.close();
            sweeper = null;
        }
        if (served != null) {
            served.close();
            served = null;
        }
    }

    private OpenShop shop() {
        if (shop == null) {
            throw new IllegalStateException("nothing is open");
        }
        return shop;
    }

    @Override
    public void close() {
        closeShop();
        if (server != null) {
            server.close();
        }
        pool.close();
    }
}
