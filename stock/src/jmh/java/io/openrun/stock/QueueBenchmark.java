package io.openrun.stock;

import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/** How many asks a second pass from many callers through the queue to the writers, when deciding costs nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class QueueBenchmark {

    /** Stocks that callers come for; one is the drop that everyone wants. */
    @Param({"1", "100"})
    public int stocks;

    private ThreadPoolExecutor writers;
    private BatchQueues<Integer> queues;
    private StockId[] ids;

    /** A caller, who goes from stock to stock. */
    @State(Scope.Thread)
    public static class Caller {
        private int next;
    }

    /** Opens the queues. */
    @Setup(Level.Trial)
    public void open(Blackhole blackhole) {
        LedgerSettings settings = LedgerSettings.defaults();
        writers = new ThreadPoolExecutor(
                settings.writers(), settings.writers(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        queues = new BatchQueues<>(settings, writers, (stock, batch) -> blackhole.consume(batch));
        ids = new StockId[stocks];
        for (int i = 0; i < stocks; i++) {
            ids[i] = new StockId(new UUID(0, i));
        }
    }

    /** Works off what is left. */
    @TearDown(Level.Trial)
    public void close() {
        queues.close(LedgerSettings.defaults().drain());
        writers.shutdown();
    }

    /** One caller after the other, nobody in the way. */
    @Benchmark
    @Threads(1)
    public void oneCaller(Caller caller) {
        offer(caller);
    }

    /** More callers than processors. */
    @Benchmark
    @Threads(8)
    public void eightCallers(Caller caller) {
        offer(caller);
    }

    private void offer(Caller caller) {
        caller.next = caller.next + 1 == stocks ? 0 : caller.next + 1;
        while (!queues.offer(ids[caller.next], 1)) {
            Thread.yield();
        }
    }
}
