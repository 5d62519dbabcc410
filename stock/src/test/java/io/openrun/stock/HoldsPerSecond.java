package io.openrun.stock;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.openrun.engines.SharedEngines;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures the engine alone: so many callers, each asking again as soon as it has its answer, each time as another
 * person. Not a test; run by hand: {@code strategy callers seconds keyed(true|false) limit}.
 */
final class HoldsPerSecond {

    private static final Duration WARM_UP = Duration.ofSeconds(8);

    private final StockLedger ledger;
    private final StockId stock;
    private final boolean keyed;
    private final LongAdder held = new LongAdder();
    private final AtomicInteger running = new AtomicInteger();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    private HoldsPerSecond(StockLedger ledger, StockId stock, boolean keyed) {
        this.ledger = ledger;
        this.stock = stock;
        this.keyed = keyed;
    }

    public static void main(String[] arguments) throws Exception {
        String strategy = argument(arguments, 0, StockLedgers.DEFAULT);
        int callers = Integer.parseInt(argument(arguments, 1, "256"));
        int seconds = Integer.parseInt(argument(arguments, 2, "15"));
        boolean keyed = Boolean.parseBoolean(argument(arguments, 3, "false"));
        int limit = Integer.parseInt(argument(arguments, 4, "1"));
        String url = SharedEngines.newDatabase();
        try (Shops shops = Shops.open(0, LedgerSettings.defaults(), url);
                HikariDataSource pool = Shops.pool(url, 40);
                StockLedgers ledgers = new StockLedgers(
                        pool,
                        Shops.SCHEMA,
                        SharedEngines.redis().url(),
                        LedgerSettings.defaults(),
                        new SimpleMeterRegistry())) {
            StockId stock = shops.stock(
                    new StockPlan(1_000_000_000L, limit == 0 ? null : limit, null, null, Duration.ofMinutes(15)));
            new HoldsPerSecond(ledgers.named(strategy), stock, keyed).run(callers, seconds, shops);
            System.out.println(shops.stocks().audit(stock).orElseThrow());
        }
        System.exit(0);
    }

    private static String argument(String[] arguments, int index, String otherwise) {
        return index < arguments.length ? arguments[index] : otherwise;
    }

    private void run(int callers, int seconds, Shops shops) throws Exception {
        running.set(callers);
        for (int i = 0; i < callers; i++) {
            next();
        }
        Thread.sleep(WARM_UP);
        long databaseBefore = databaseCpuMillis();
        long javaBefore = javaCpuMillis();
        long transactionsBefore = transactions(shops);
        held.reset();
        long start = System.nanoTime();
        Thread.sleep(Duration.ofSeconds(seconds));
        double elapsed = (System.nanoTime() - start) / 1e9;
        long count = held.sum();
        long batches = transactions(shops) - transactionsBefore;
        System.out.printf(
                "%,.0f holds/s, %.1f per transaction, CPU per hold: java %.2f us, database %.2f us%n",
                count / elapsed,
                (double) count / Math.max(1, batches),
                (javaCpuMillis() - javaBefore) * 1e3 / count,
                (databaseCpuMillis() - databaseBefore) * 1e3 / count);
        stopping = true;
        stopped.await();
    }

    private void next() {
        if (stopping) {
            if (running.decrementAndGet() == 0) {
                stopped.countDown();
            }
            return;
        }
        var random = ThreadLocalRandom.current();
        UUID person = new UUID(random.nextLong(), random.nextLong());
        var _ = ledger.hold(new HoldRequest(stock, new HolderId(person), 1, keyed ? person.toString() : null))
                .whenComplete((result, bug) -> {
                    if (result instanceof HoldResult.Held) {
                        held.increment();
                    }
                    next();
                });
    }

    private static long transactions(Shops shops) {
        return shops.one("SELECT version FROM drops.stock", Long.class);
    }

    private static long javaCpuMillis() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1_000_000;
    }

    private static long databaseCpuMillis() {
        ProcessHandle postmaster =
                ProcessHandle.of(SharedEngines.postgres().pid()).orElseThrow();
        return postmaster
                .descendants()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toMillis)
                .sum();
    }
}
