package io.openrun.engines;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A start-up cache in the making; kept when it succeeds, forgotten when it is cancelled. */
public final class AotTraining {

    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);

    private final Process process;
    private final CompletableFuture<Void> kept;

    AotTraining(Process process, Consumer<Boolean> atItsEnd) {
        this.process = process;
        this.kept = process.onExit().thenAccept(ended -> atItsEnd.accept(ended.exitValue() == 0));
    }

    public boolean isDone() {
        return kept.isDone();
    }

    /** Waits until the cache is there, or its making failed. */
    public void await() {
        kept.join();
    }

    /** Waits for at most {@code limit}, then gives up; the next run records again. */
    public void finish(Duration limit) {
        if (!OwnedProcess.awaitExit(process.toHandle(), limit)) {
            process.destroyForcibly();
            OwnedProcess.awaitExit(process.toHandle(), CANCEL_LIMIT);
        }
        kept.join();
    }
}
