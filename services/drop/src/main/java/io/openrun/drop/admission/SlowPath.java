package io.openrun.drop.admission;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Threads for what may block, so that no event loop does: the first check of a token, reading a drop's terms, reading
 * one's own purchases. Bounded; full means busy.
 */
@Component
public class SlowPath implements Executor, AutoCloseable {

    /** Few: on two cores, more threads only take turns. */
    static final int THREADS = 4;

    /** A stampede of people nobody has seen yet fits in. */
    static final int MAX_WAITING = 16_384;

    private static final long CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().name("drop-slow-", 0).daemon().factory());

    SlowPath() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs the task soon. */
    @Override
    public void execute(Runnable task) throws RejectedExecutionException {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
