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

    /** Waits until the cache is there, or its making failed or was cancelled. */
    public void await() {
        kept.join();
    }

    /** Gives up; nothing is kept when this returns. */
    public void cancel() {
        process.destroyForcibly();
        if (OwnedProcess.awaitExit(process.toHandle(), CANCEL_LIMIT)) {
            await();
        }
    }
}
