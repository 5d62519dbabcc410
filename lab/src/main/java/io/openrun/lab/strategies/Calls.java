package io.openrun.lab.strategies;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls under way, each on a virtual thread of its own, up to the engine's own bound. */
final class Calls implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Calls.class);

    /** As many as the engine's strategies that decide one by one allow. */
    private static final int MOST = 1_024;

    private static final Duration DRAIN = Duration.ofSeconds(20);

    private final Semaphore places = new Semaphore(MOST);
    private final ExecutorService callers;
    private volatile boolean closed;

    Calls(String name) {
        this.callers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("lab-" + name + "-", 0).factory());
    }

    /** Starts the call, or answers at once that there are too many. */
    <R> CompletableFuture<R> start(Supplier<R> call, R tooMany) {
        if (closed || !places.tryAcquire()) {
            return CompletableFuture.completedFuture(tooMany);
        }
        CompletableFuture<R> answer = new CompletableFuture<>();
        callers.execute(() -> {
            try {
                answer.complete(call.get());
            } catch (RuntimeException | Error e) {
                log.error("a request cannot be decided", e);
                answer.completeExceptionally(e);
            } finally {
                places.release();
            }
        });
        return answer;
    }

    /** Answers what has been asked, and lets nobody in any more. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!places.tryAcquire(MOST, DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("not everything was decided before the ledger closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        callers.shutdownNow();
    }
}
