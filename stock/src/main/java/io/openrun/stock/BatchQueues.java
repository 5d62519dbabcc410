package io.openrun.stock;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BiConsumer;

/**
 * A bounded queue per stock, worked off in batches, one batch of a stock at a time, by whichever thread is free. A queue
 * asks for a thread when it becomes non-empty, gives it back after a batch if another waits, and vanishes when it is
 * empty, so thousands of stocks share a few threads fairly. No batch waits to be filled: what has queued meanwhile is the next.
 */
final class BatchQueues<T> {

    private final Map<StockId, Queue> queues = new ConcurrentHashMap<>();
    private final int capacity;
    private final int maxBatch;
    private final InFlight inFlight;
    private final ThreadPoolExecutor threads;
    private final BiConsumer<StockId, List<T>> work;

    /**
     * Queues.
     *
     * @param work what is done with a batch; it answers every item and throws nothing
     */
    BatchQueues(LedgerSettings settings, ThreadPoolExecutor threads, BiConsumer<StockId, List<T>> work) {
        this.capacity = settings.queuePerStock();
        this.maxBatch = settings.maxBatch();
        this.inFlight = new InFlight(settings.queueInAll());
        this.threads = threads;
        this.work = work;
    }

    /** Queues the item, unless the queue is full or closed. */
    boolean offer(StockId stock, T item) {
        if (!inFlight.enter()) {
            return false;
        }
        while (true) {
            Queue queue = queues.computeIfAbsent(stock, Queue::new);
            switch (queue.offer(item)) {
                case ACCEPTED -> {
                    return true;
                }
                case FULL -> {
                    inFlight.leave(1);
                    return false;
                }
                case RETIRED -> queues.remove(stock, queue);
            }
        }
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** Accepts nothing more, waits until all is worked off, and returns what was not in time. */
    List<T> close(Duration longest) {
        List<T> abandoned = new ArrayList<>();
        if (!inFlight.close(longest)) {
            queues.values().forEach(queue -> abandoned.addAll(queue.take(Integer.MAX_VALUE)));
        }
        return abandoned;
    }

    private enum Offer {
        ACCEPTED,
        FULL,
        /** This queue ran empty and has left the map, or is about to. */
        RETIRED
    }

    private final class Queue {

        private final StockId stock;
        private final ArrayDeque<T> waiting = new ArrayDeque<>();
        private boolean scheduled;
        private boolean retired;

        Queue(StockId stock) {
            this.stock = stock;
        }

        Offer offer(T item) {
            synchronized (waiting) {
                if (retired) {
                    return Offer.RETIRED;
                }
                if (waiting.size() >= capacity) {
                    return Offer.FULL;
                }
                waiting.add(item);
                if (scheduled) {
                    return Offer.ACCEPTED;
                }
                scheduled = true;
            }
            threads.execute(this::next);
            return Offer.ACCEPTED;
        }

        /** Stays on its thread while no other stock waits for one: what a thread has at hand is cheap to use again. */
        private void next() {
            do {
                List<T> batch = take(maxBatch);
                work.accept(stock, batch);
                inFlight.leave(batch.size());
                if (retire()) {
                    queues.remove(stock, this);
                    return;
                }
            } while (threads.getQueue().isEmpty());
            threads.execute(this::next);
        }

        private boolean retire() {
            synchronized (waiting) {
                retired = waiting.isEmpty();
                return retired;
            }
        }

        List<T> take(int most) {
            synchronized (waiting) {
                int size = Math.min(waiting.size(), most);
                List<T> batch = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    batch.add(waiting.remove());
                }
                return batch;
            }
        }
    }
}
