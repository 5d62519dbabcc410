package io.openrun.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a moment that a stock refuses everyone: sold out, not open yet, or closed. So a stampede that comes too
 * late is answered without the database.
 *
 * <p>A refusal is forgotten when a wake-up says that units came back or the terms changed, when the database's clock
 * reaches the edge of the window, and at the latest after a short time to live. Bounded in the number of stocks.
 */
final class RefusalMemory {

    private final Map<StockId, Remembered> refusals = new ConcurrentHashMap<>();
    private final List<Consumer<StockId>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong generation = new AtomicLong();
    private final Duration timeToLive;
    private final int mostStocks;

    private record Remembered(HoldResult refusal, long untilNanos) {
        boolean isOver() {
            return System.nanoTime() - untilNanos >= 0;
        }
    }

    RefusalMemory(Duration timeToLive, int mostStocks) {
        this.timeToLive = timeToLive;
        this.mostStocks = mostStocks;
    }

    /** The stock's refusal, or null if the database has to be asked. */
    @Nullable
    HoldResult recall(StockId stock) {
        Remembered remembered = refusals.get(stock);
        if (remembered == null) {
            return null;
        }
        if (remembered.isOver()) {
            refusals.remove(stock, remembered);
            return null;
        }
        return remembered.refusal();
    }

    /** Counts the wake-ups; take it before reading what will be learned. */
    long generation() {
        return generation.get();
    }

    /**
     * Remembers what a transaction saw, unless a wake-up came in between: it may be newer than what was seen.
     *
     * @param startNanos taken before the transaction read the database's clock, so an edge is never passed late
     */
    void learn(Desk desk, long seenGeneration, long startNanos) {
        StockRow row = desk.row();
        HoldResult refusal = row.outsideWindow();
        Instant edge = refusal == null ? row.closesAt() : row.opensAt();
        if (refusal == null && desk.after().remaining() == 0) {
            refusal = new HoldResult.SoldOut();
        }
        if (refusal != null) {
            remember(row, refusal, edge, seenGeneration, startNanos);
        }
    }

    private void remember(
            StockRow row, HoldResult refusal, @Nullable Instant edge, long seenGeneration, long startNanos) {
        Duration untilEdge = edge == null || !edge.isAfter(row.now()) ? timeToLive : Duration.between(row.now(), edge);
        Duration keep = untilEdge.compareTo(timeToLive) < 0 ? untilEdge : timeToLive;
        if (refusals.size() >= mostStocks) {
            refusals.values().removeIf(Remembered::isOver);
        }
        if (refusals.size() < mostStocks) {
            Remembered remembered = new Remembered(refusal, startNanos + keep.toNanos());
            refusals.compute(row.id(), (stock, before) -> generation.get() == seenGeneration ? remembered : before);
        }
    }

    /** Others who remember: they are told of every stock that is asked about again. They must not wait. */
    void onWake(Consumer<StockId> listener) {
        listeners.add(listener);
    }

    /** Asks the database again from now on. */
    void wake(StockId stock) {
        generation.incrementAndGet();
        refusals.remove(stock);
        listeners.forEach(listener -> listener.accept(stock));
    }

    /** Asks the database again about everything: wake-ups may have been missed. */
    void wakeAll() {
        generation.incrementAndGet();
        refusals.clear();
    }
}
