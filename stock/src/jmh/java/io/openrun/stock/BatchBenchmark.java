package io.openrun.stock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How long a batch takes to be decided and answered in memory: what the writer adds to the database's own time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchBenchmark {

    private static final StockId STOCK = new StockId(new UUID(0, 1));
    private static final long UNITS = 1_000_000_000L;

    /** Requests in the batch. */
    @Param({"1", "64", "1024"})
    public int requests;

    /** Whether each holder may have one unit only, so that every unit needs a slot. */
    @Param({"true", "false"})
    public boolean limited;

    /** Whether requests carry an idempotency key. */
    @Param({"true", "false"})
    public boolean keyed;

    private long person;

    /** Everyone comes for the first time and gets one unit. */
    @Benchmark
    public List<Desk.Placed> everyoneBuys() {
        Desk desk = new Desk(row(UNITS), Loaded.nothing());
        List<Ask.ToHold> asks = asks();
        asks.forEach(desk::decide);
        asks.forEach(Ask::answer);
        return desk.placed();
    }

    /** Everyone comes too late. */
    @Benchmark
    public boolean everyoneIsRefused() {
        Desk desk = new Desk(row(0), Loaded.nothing());
        List<Ask.ToHold> asks = asks();
        asks.forEach(desk::decide);
        asks.forEach(Ask::answer);
        return desk.changedSomething();
    }

    private List<Ask.ToHold> asks() {
        List<Ask.ToHold> asks = new ArrayList<>(requests);
        for (int i = 0; i < requests; i++) {
            UUID holder = new UUID(1, person++);
            asks.add(new Ask.ToHold(new HoldRequest(STOCK, new HolderId(holder), 1, keyed ? "purchase" : null)));
        }
        return asks;
    }

    private StockRow row(long remaining) {
        return new StockRow(STOCK, remaining, 0, 0, limited ? 1 : null, null, null, 900_000, 0, 0, 0, Instant.EPOCH);
    }
}
