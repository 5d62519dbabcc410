package io.openrun.stock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** The concurrent parts in memory, over interleavings of their threads that a model checker chooses. */
class HandOverTest {

    private static final int INTERLEAVINGS = 40;
    private static final LedgerSettings ONE_BY_ONE =
            new SettingsBuilder().maxBatch(1).build();
    private static final LedgerSettings IN_PAIRS =
            new SettingsBuilder().maxBatch(2).build();
    private static final StockId STOCK = new StockId(new UUID(0, 1));
    private static final StockId OTHER = new StockId(new UUID(0, 2));

    /** Threads are the model checker's: whoever calls {@link #runOne} is one for a task. */
    private static final class HandRun extends ThreadPoolExecutor {
        private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

        HandRun() {
            super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public BlockingQueue<Runnable> getQueue() {
            return tasks;
        }

        boolean runOne() {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
            return task != null;
        }
    }

    /** Queues whose batches are noted instead of decided. */
    private static final class NotedQueues {
        private final HandRun threads = new HandRun();
        private final AtomicInteger working = new AtomicInteger();
        private final List<Integer> decided = new ArrayList<>();
        private final BatchQueues<Integer> queues;
        private boolean overlapped;

        NotedQueues(LedgerSettings settings) {
            queues = new BatchQueues<>(settings, threads, (stock, batch) -> {
                if (stock.equals(STOCK)) {
                    overlapped |= working.incrementAndGet() > 1;
                    decided.addAll(batch);
                    working.decrementAndGet();
                }
            });
        }

        Thread offers(int... items) {
            return new Thread(() -> {
                for (int item : items) {
                    if (!queues.offer(STOCK, item)) {
                        throw new AssertionError("refused " + item);
                    }
                }
            });
        }

        Thread works() {
            return new Thread(threads::runOne);
        }

        /** What is checked runs under the model checker too, which does not bear with an assertion library. */
        void check(boolean right) {
            if (!right || overlapped) {
                throw new AssertionError("decided " + decided + (overlapped ? ", two batches at once" : ""));
            }
        }

        void workOff() {
            while (threads.runOne()) {
                // until nothing is left to do
            }
        }
    }

    private static void together(Thread... threads) {
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void decidesEveryAskOnceInTheOrderOfItsArrival() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            NotedQueues noted = new NotedQueues(IN_PAIRS);

            together(noted.offers(1, 2), noted.offers(3, 4), noted.works());
            noted.workOff();

            noted.check(noted.decided.size() == 4 && noted.decided.containsAll(List.of(1, 2, 3, 4)));
            noted.check(noted.decided.indexOf(1) < noted.decided.indexOf(2));
            noted.check(noted.decided.indexOf(3) < noted.decided.indexOf(4));
            noted.check(noted.queues.inFlight().count() == 0);
        });
    }

    /** A queue that runs empty vanishes while somebody may be about to use it. */
    @Test
    void losesNoAskToAQueueThatVanishes() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            NotedQueues noted = new NotedQueues(ONE_BY_ONE);
            var _ = noted.queues.offer(STOCK, 1);

            together(noted.works(), noted.offers(2, 3), noted.works());
            noted.workOff();

            noted.check(noted.decided.equals(List.of(1, 2, 3)));
        });
    }

    /** With another stock waiting for a thread, a queue gives its thread back between batches. */
    @Test
    void decidesOneBatchOfAStockAtATimeThoughItChangesThreads() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            NotedQueues noted = new NotedQueues(ONE_BY_ONE);
            var _ = noted.queues.offer(STOCK, 1);
            var _ = noted.queues.offer(OTHER, 9);

            together(noted.works(), noted.works(), noted.offers(2));
            noted.workOff();

            noted.check(noted.decided.equals(List.of(1, 2)));
        });
    }

    @Test
    void neverRemembersARefusalThatIsOlderThanAWakeUp() {
        Desk soldOut = new Desk(row(), Loaded.nothing());
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            RefusalMemory memory = new RefusalMemory(Duration.ofHours(1), 10);
            AtomicInteger remaining = new AtomicInteger();

            together(learns(memory, remaining, soldOut), learns(memory, remaining, soldOut), new Thread(() -> {
                remaining.set(1);
                memory.wake(STOCK);
            }));

            if (memory.recall(STOCK) != null) {
                throw new AssertionError("a refusal was remembered that is older than the wake-up");
            }
        });
    }

    @Test
    void neverRemembersARefusalThatIsOlderThanAWakeUpOfAll() {
        Desk soldOut = new Desk(row(), Loaded.nothing());
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            RefusalMemory memory = new RefusalMemory(Duration.ofHours(1), 10);
            AtomicInteger remaining = new AtomicInteger();

            together(learns(memory, remaining, soldOut), new Thread(() -> {
                remaining.set(1);
                memory.wakeAll();
            }));

            if (memory.recall(STOCK) != null) {
                throw new AssertionError("a refusal was remembered that is older than the wake-up");
            }
        });
    }

    /** What a transaction does: note the wake-ups, look at the stock, and remember what it saw. */
    private static Thread learns(RefusalMemory memory, AtomicInteger remaining, Desk soldOut) {
        return new Thread(() -> {
            long generation = memory.generation();
            if (remaining.get() == 0) {
                memory.learn(soldOut, generation, System.nanoTime());
            }
        });
    }

    private static StockRow row() {
        return new StockRow(STOCK, 0, 1, 0, null, null, null, 60_000, 1, 0, 1, Instant.EPOCH);
    }
}
