package io.openrun.engines;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A start-up cache in the making; kept when it succeeds, forgotten when it is cancelled. */
public final class AotTraining {

    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);

    private final Process process;
    private final CompletableFuture<Void> kept;

    AotTraining(Process process, Runnable keep) {
        this.process = process;
        this.kept = process.onExit().thenAccept(ended -> {
            if (ended.exitValue() == 0) {
                keep.run();
            }
        });
    }

    public boolean isDone() {
        return kept.isDone();
    }

    /** Waits until the cache is there, or its making failed. */
    public void await() {
        kept.join();
    }

    /** Ends the making; the next run records again. */
    public void cancel() {
        process.destroyForcibly();
        OwnedProcess.awaitExit(process.toHandle(), CANCEL_LIMIT);
    }
}
