package io.openrun.stock;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets what is asked of a stock be done one after the other, in the order of arrival; stocks do not wait for each other.
 * A stock costs something only while somebody waits for it.
 *
 * @param <A> what is asked
 */
final class ArrivalLine<A> {

    private final Executor executor;
    private final BiConsumer<StockId, A> work;
    private final Map<StockId, Queue<A>> waiting = new ConcurrentHashMap<>();

    /**
     * A line without anybody.
     *
     * @param executor runs the work, one task per stock that is asked for something
     * @param work must not throw
     */
    ArrivalLine(Executor executor, BiConsumer<StockId, A> work) {
        this.executor = executor;
        this.work = work;
    }

    /** Does it after all that was asked of that stock before. */
    void join(StockId stock, A asked) {
        waiting.compute(stock, (same, others) -> {
            Queue<A> line = others;
            if (line == null) {
                line = new ArrayDeque<>();
                executor.execute(() -> workOff(stock));
            }
            line.add(asked);
            return line;
        });
    }

    /** Takes out all who wait for that stock, in their order. */
    List<A> dismiss(StockId stock) {
        Queue<A> dismissed = new ArrayDeque<>();
        waiting.computeIfPresent(stock, (same, line) -> {
            dismissed.addAll(line);
            line.clear();
            return line;
        });
        return List.copyOf(dismissed);
    }

    private void workOff(StockId stock) {
        for (A next = next(stock); next != null; next = next(stock)) {
            work.accept(stock, next);
        }
    }

    /** The next one, or null: then the line is gone, and who comes now begins a new one. */
    private @Nullable A next(StockId stock) {
        Queue<A> taken = new ArrayDeque<>(1);
        waiting.computeIfPresent(stock, (same, line) -> {
            A next = line.poll();
            if (next == null) {
                return null;
            }
            taken.add(next);
            return line;
        });
        return taken.poll();
    }
}
